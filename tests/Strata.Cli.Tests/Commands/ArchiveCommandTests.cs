using System.Text;
using System.Text.Json;
using Strata.Cli.Tests.Support;
using Strata.Formats;

namespace Strata.Cli.Tests.Commands;

/// <summary>The commands that read an archive or look after it.</summary>
public sealed class ArchiveCommandTests
{
    [Fact]
    public async Task Search_Words_FindsTheOriginalAndMarksThem()
    {
        using var cli = new Support.Cli { Width = 80, Colours = true };
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        var screen = (await cli.RunAsync("search", "vendor", "celsius", "--limit", "3")).ShouldExitWith(0);
        var hits = Json(await cli.RunAsync("search", "vendor", "celsius", "--json")).GetProperty("hits");

        screen.Output.ShouldContain("\u001b[");
        screen.Output.ShouldContain("user, 2026-11-20 12:00, session.jsonl");
        var first = hits[0];
        first.GetProperty("role").GetString().ShouldBe("user");
        first.GetProperty("excerpt").GetString()!.ShouldContain("vendor");
        var recalled = (await cli.RunAsync("recall", first.GetProperty("handle").GetString()!)).ShouldExitWith(0);
        recalled.Output.ShouldContain("Never touch files under vendor/.");
    }

    [Fact]
    public async Task Search_NothingHoldsTheWords_SaysSo()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        (await cli.RunAsync("search", "zymurgy")).ShouldExitWith(0).Error.ShouldContain("nothing that was archived holds these words");
        Json(await cli.RunAsync("search", "zymurgy", "--json")).GetProperty("hits").GetArrayLength().ShouldBe(0);
        (await cli.RunAsync("search", "vendor", "--session", "another")).ShouldExitWith(1).Error
            .ShouldContain("there is no session 'another'");
        (await cli.RunAsync("search", " ")).ShouldExitWith(2).Error.ShouldContain("give words");
    }

    [Fact]
    public async Task SessionsAndReceipts_OnATerminal_LookAsExpected()
    {
        using var cli = new Support.Cli { Width = 100 };
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        cli.Later = TimeSpan.FromHours(1);
        (await cli.RunAsync("compact", cli.Session(9), "--target", "30%")).ShouldExitWith(0);
        (await cli.RunAsync("undo", cli.PathOf("session.compacted.jsonl"))).ShouldExitWith(0);

        (await cli.RunAsync("sessions")).ShouldExitWith(0).Output.ShouldLookLike("sessions.100");
        (await cli.RunAsync("receipts", "session.jsonl")).ShouldExitWith(0).Output.ShouldLookLike("receipts.100");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(90)]
    public async Task Tables_NarrowTerminal_KeepEveryIdOnOneLineOfThatWidth(int width)
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        var chat =
            Encoding.UTF8.GetString(await SampleFiles.InAsync("openai-chat")).Replace("--celsius", "--kelvin", StringComparison.Ordinal);
        cli.Input = Encoding.UTF8.GetBytes(chat);
        (await cli.RunAsync("compact", "-", "--target", "20%")).ShouldExitWith(0);
        var receipts = Json(await cli.RunAsync("receipts", "--json")).GetProperty("receipts").EnumerateArray().ToList();
        receipts.ShouldContain(receipt => receipt.GetProperty("name").ValueKind == JsonValueKind.Null);
        using var narrow = new Support.Cli { Width = width };
        narrow.Variables["STRATA_ARCHIVE"] = cli.DefaultArchive;

        var sessions = (await narrow.RunAsync("sessions")).ShouldExitWith(0).Output;
        var table = (await narrow.RunAsync("receipts")).ShouldExitWith(0).Output;
        var hits = (await narrow.RunAsync("search", "vendor")).ShouldExitWith(0).Output;

        Lines(sessions).Count.ShouldBe(3);
        Lines(table).Count.ShouldBe(3);
        foreach (var receipt in receipts)
        {
            Lines(sessions).ShouldContain(line => line.StartsWith(receipt.GetProperty("session").GetString()!, StringComparison.Ordinal));
            Lines(table).ShouldContain(line => line.StartsWith(receipt.GetProperty("receipt").GetString()!, StringComparison.Ordinal));
        }

        Lines(sessions).ShouldAllBe(line => line.Length <= width);
        foreach (var nameless in receipts.Where(receipt => receipt.GetProperty("name").ValueKind == JsonValueKind.Null)
            .Select(receipt => receipt.GetProperty("session").GetString()!))
        {
            table.ShouldContain(nameless);
            hits.ShouldContain(nameless);
        }
    }

    [Fact]
    public async Task SessionsAndReceipts_OnANarrowTerminal_LookAsExpected()
    {
        using var cli = new Support.Cli { Width = 80 };
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        (await cli.RunAsync("compact", cli.Session(9), "--target", "30%")).ShouldExitWith(0);
        (await cli.RunAsync("undo", cli.PathOf("session.compacted.jsonl"))).ShouldExitWith(0);

        (await cli.RunAsync("sessions")).ShouldExitWith(0).Output.ShouldLookLike("sessions.80");
        (await cli.RunAsync("receipts")).ShouldExitWith(0).Output.ShouldLookLike("receipts.80");
    }

    [Fact]
    public async Task Receipts_Json_EveryCutHasAHandleThatIsRecalled()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        var cuts = Json(await cli.RunAsync("receipts", "--json")).GetProperty("receipts")[0].GetProperty("cuts").EnumerateArray().ToList();

        cuts.Count.ShouldBeGreaterThan(5);
        foreach (var cut in cuts)
        {
            foreach (var handle in cut.GetProperty("contents").EnumerateArray().Append(cut.GetProperty("handle")))
                (await cli.RunAsync("recall", handle.GetString()!)).ShouldExitWith(0).Bytes.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Doctor_SoundArchive_SaysSo()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        (await cli.RunAsync("doctor")).ShouldExitWith(0).Output.ShouldContain("Everything was read and is as it was written.");
        var json = Json(await cli.RunAsync("doctor", "--json"));
        json.GetProperty("receipts").GetInt64().ShouldBe(1);
        json.GetProperty("originals").GetInt64().ShouldBeGreaterThan(20);
        json.GetProperty("lost").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Export_Session_IsTheWholeHistory()
    {
        using var cli = new Support.Cli();
        var original = await File.ReadAllBytesAsync(cli.Session(), TestContext.Current.CancellationToken);
        (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--target", "40%")).ShouldExitWith(0);
        var compacted = await cli.ReadAsync("session.compacted.jsonl");
        var once = SampleFiles.GoOn("claude-code", compacted);
        cli.Later = TimeSpan.FromHours(1);
        (await cli.RunAsync("compact", cli.Write("once.jsonl", once), "--target", "30%")).ShouldExitWith(0);

        var whole = (await cli.RunAsync("export", "5e551011-0000-4000-8000-000000000001")).ShouldExitWith(0);
        var chat = (await cli.RunAsync(
            "export", "5e551011-0000-4000-8000-000000000001", "--to", "openai-chat", "-o", cli.PathOf("chat.json"))).ShouldExitWith(0);

        whole.Bytes.ShouldBe([.. original, .. once[compacted.Length..]]);
        chat.Output.ShouldBeEmpty();
        using var stream = new MemoryStream(await cli.ReadAsync("chat.json"));
        (await SessionFormats.Find("openai-chat")!.ReadAsync(stream, TestContext.Current.CancellationToken)).Messages[^1].Text
            .ShouldBe(SampleFiles.Later);
        (await cli.RunAsync("export", "once.jsonl", "-o", cli.PathOf("chat.json"))).ShouldExitWith(2).Error.ShouldContain("--overwrite");
    }

    [Fact]
    public async Task Export_All_IsOneMessageALine()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        (await cli.RunAsync("compact", cli.Write("chat.json", await SampleFiles.InAsync("openai-chat", turns: 7)), "--target", "20%"))
            .ShouldExitWith(0);

        var lines = Encoding.UTF8.GetString((await cli.RunAsync("export", "--all")).ShouldExitWith(0).Bytes)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        lines.Count(line => line.GetProperty("name").GetString() == "session.jsonl").ShouldBe(48);
        lines.Select(line => line.GetProperty("session").GetString()).Distinct().Count().ShouldBe(2);
        lines[0].GetProperty("message").GetProperty("role").GetString().ShouldBe("user");
        (await cli.RunAsync("export")).ShouldExitWith(2).Error.ShouldContain("give a session, or --all");
    }

    [Fact]
    public async Task Prune_WithoutALimit_RemovesNothing()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        (await cli.RunAsync("prune")).ShouldExitWith(2).Error.ShouldContain("give --max-age, --max-size or both");
        (await cli.RunAsync("prune", "--max-age", "ninety")).ShouldExitWith(2).Error
            .ShouldContain("--max-age ninety: give an age such as 12h, 90d or 8w.");
        (await cli.RunAsync("prune", "--max-size", "2")).ShouldExitWith(2).Error
            .ShouldContain("--max-size 2: give a size such as 500MB or 2GB.");
        (await cli.RunAsync("prune", "--max-size", "9GB")).ShouldExitWith(0).Output.ShouldStartWith("Removed 0 sessions");
    }

    [Fact]
    public async Task Prune_ToASize_RemovesWhatItNamesAndADryRunNothing()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        string[] prune = ["prune", "--max-size", "1kB"];

        (await cli.RunAsync([.. prune, "--dry-run"])).ShouldExitWith(0).Output.ShouldContain("Would remove 1 session");
        Json(await cli.RunAsync("sessions", "--json")).GetProperty("sessions").GetArrayLength().ShouldBe(1);
        (await cli.RunAsync(prune)).ShouldExitWith(0).Output.ShouldStartWith("5e551011-0000-4000-8000-000000000001\nRemoved 1 session");
        Json(await cli.RunAsync("sessions", "--json")).GetProperty("sessions").GetArrayLength().ShouldBe(0);
    }

    private static List<string> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.ShouldExitWith(0).Output).RootElement;
}
