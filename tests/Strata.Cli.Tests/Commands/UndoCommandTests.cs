using System.Text;
using System.Text.Json;
using Strata.Cli.Tests.Support;
using Strata.Formats;
using Strata.Storage.Sqlite;

namespace Strata.Cli.Tests.Commands;

public sealed class UndoCommandTests
{
    public static TheoryData<string> Formats => [.. SessionFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Undo_NothingSince_IsTheFileByteForByte(string format)
    {
        using var cli = new Support.Cli();
        var original = await SampleFiles.InAsync(format);
        (await cli.RunAsync("compact", cli.Write("s.json", original), "--target", "20%")).ShouldExitWith(0);

        var result = (await cli.RunAsync("undo", cli.PathOf("s.compacted.json"))).ShouldExitWith(0);

        result.Output.ShouldContain("byte for byte the file that was compacted");
        result.Output.ShouldContain("Wrote s.restored.json");
        (await cli.ReadAsync("s.restored.json")).ShouldBe(original);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Undo_TurnsSince_StandBehindTheOriginal(string format)
    {
        using var cli = new Support.Cli();
        var original = await SampleFiles.InAsync(format);
        (await cli.RunAsync("compact", cli.Write("s.json", original), "--target", "20%")).ShouldExitWith(0);
        cli.Write("s.compacted.json", SampleFiles.GoOn(format, await cli.ReadAsync("s.compacted.json")));

        var result = (await cli.RunAsync("undo", cli.PathOf("s.compacted.json"))).ShouldExitWith(0);

        result.Output.ShouldContain("the last 1 of them from after the compaction");
        var before = await ReadAsync(format, original);
        var restored = await ReadAsync(format, await cli.ReadAsync("s.restored.json"));
        restored.Messages.Count.ShouldBe(before.Messages.Count + 1);
        restored.Messages[^1].Text.ShouldBe(SampleFiles.Later);
        restored.Messages.Take(before.Messages.Count).Select(message => message.Text)
            .ShouldBe(before.Messages.Select(message => message.Text));
        if (format is "claude-code" or "codex" or "pi")
            (await cli.ReadAsync("s.restored.json"))[..original.Length].ShouldBe(original);
    }

    [Fact]
    public async Task Undo_AgentWroteLinesSince_TheyStayAsTheyAre()
    {
        using var cli = new Support.Cli();
        var original = await File.ReadAllBytesAsync(cli.Session(), TestContext.Current.CancellationToken);
        (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--target", "20%")).ShouldExitWith(0);
        var compacted = await cli.ReadAsync("session.compacted.jsonl");
        var wentOn = SampleFiles.GoOn("claude-code", compacted);
        cli.Write("session.compacted.jsonl", wentOn);

        (await cli.RunAsync("undo", cli.PathOf("session.compacted.jsonl"))).ShouldExitWith(0);

        (await cli.ReadAsync("session.restored.jsonl")).ShouldBe([.. original, .. wentOn[compacted.Length..]]);
    }

    [Fact]
    public async Task Undo_CompactedTwice_TakesBackTheLastOrAll()
    {
        using var cli = new Support.Cli();
        var original = await File.ReadAllBytesAsync(cli.Session(), TestContext.Current.CancellationToken);
        (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--target", "40%")).ShouldExitWith(0);
        var compacted = await cli.ReadAsync("session.compacted.jsonl");
        var once = SampleFiles.GoOn("claude-code", compacted);
        cli.Write("once.jsonl", once);
        cli.Later = TimeSpan.FromHours(1);
        (await cli.RunAsync("compact", cli.PathOf("once.jsonl"), "--target", "30%", "-o", cli.PathOf("twice.jsonl"))).ShouldExitWith(0);
        var receipts = Json(await cli.RunAsync("receipts", "--json")).GetProperty("receipts");
        receipts.GetArrayLength().ShouldBe(2);
        receipts[0].GetProperty("parent").GetString().ShouldBe(receipts[1].GetProperty("receipt").GetString());

        (await cli.RunAsync("undo", cli.PathOf("twice.jsonl"), "-o", cli.PathOf("one-back.jsonl"))).ShouldExitWith(0);
        var all = (await cli.RunAsync("undo", cli.PathOf("twice.jsonl"), "-o", cli.PathOf("all-back.jsonl"), "--to",
            receipts[1].GetProperty("receipt").GetString()!, "--json"))
            .ShouldExitWith(0);

        (await cli.ReadAsync("one-back.jsonl")).ShouldBe(once);
        (await cli.ReadAsync("all-back.jsonl")).ShouldBe([.. original, .. once[compacted.Length..]]);
        Json(all).GetProperty("undone").GetArrayLength().ShouldBe(2);
        Json(await cli.RunAsync("receipts", "--json")).GetProperty("receipts").EnumerateArray()
            .ShouldAllBe(receipt => receipt.GetProperty("undoneAt").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task Undo_Session_WritesItFromTheArchiveAlone()
    {
        using var cli = new Support.Cli();
        var original = await File.ReadAllBytesAsync(cli.Session(), TestContext.Current.CancellationToken);
        (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--target", "20%")).ShouldExitWith(0);

        foreach (var name in new[] { "5e551011-0000-4000-8000-000000000001", "session.jsonl" })
        {
            var result = (await cli.RunAsync("undo", name, "-o", "-", "--to",
                Json(await cli.RunAsync("receipts", "--json")).GetProperty("receipts")[0].GetProperty("receipt").GetString()!))
                .ShouldExitWith(0);
            result.Bytes.ShouldBe(original);
            result.Error.ShouldContain("Wrote to standard output");
        }
    }

    [Fact]
    public async Task Undo_SessionThatIsUndone_SaysHowToHaveItAgain()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        (await cli.RunAsync("undo", "session.jsonl", "-o", "-")).ShouldExitWith(0);

        (await cli.RunAsync("undo", "session.jsonl", "-o", "-")).ShouldExitWith(1).Error.ShouldContain("was undone already; --to ");
        (await cli.RunAsync("undo", cli.PathOf("session.compacted.jsonl"), "-o", "-")).ShouldExitWith(0);
    }

    [Fact]
    public async Task Undo_OutputExists_IsNotReplacedUnasked()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        var compacted = cli.PathOf("session.compacted.jsonl");
        (await cli.RunAsync("undo", compacted)).ShouldExitWith(0);

        (await cli.RunAsync("undo", compacted)).ShouldExitWith(2).Error.ShouldContain("session.restored.jsonl exists. Give --overwrite");
        (await cli.RunAsync("undo", compacted, "-o", compacted, "--overwrite")).ShouldExitWith(2).Error.ShouldContain("never overwritten");
        (await cli.RunAsync("undo", compacted, "--overwrite")).ShouldExitWith(0);
    }

    [Fact]
    public async Task Undo_FileThatWasNeverCompacted_SaysSo()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        (await cli.RunAsync("undo", cli.PathOf("session.jsonl"))).ShouldExitWith(1).Error
            .ShouldContain("it was never compacted, or with another archive");
        (await cli.RunAsync("undo", "nothing.jsonl")).ShouldExitWith(1).Error
            .ShouldContain("there is no file 'nothing.jsonl', and there is no session 'nothing.jsonl'");
        cli.Files().ShouldBe(["session.compacted.jsonl", "session.jsonl"]);
    }

    [Fact]
    public async Task Undo_WrittenInAnotherFormatOrChangedSince_ExpandsWhatStands()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--to", "openai-chat")).ShouldExitWith(0);
        var changed = Encoding.UTF8.GetString(await cli.ReadAsync("session.compacted.json"))
            .Replace("Now do the same for command number 8", "Now forget command number 8", StringComparison.Ordinal);

        var result = (await cli.RunAsync("undo", cli.Write("changed.json", changed))).ShouldExitWith(0);

        result.Output.ShouldContain("Note: the compacted part was changed since");
        var restored = await ReadAsync("openai-chat", await cli.ReadAsync("changed.restored.json"));
        restored.Messages.ShouldContain(message => message.Text.Contains("Never touch files under vendor/.", StringComparison.Ordinal));
        restored.Messages.ShouldContain(message => message.Text.Contains("Now forget command number 8", StringComparison.Ordinal));
        restored.Messages.Count.ShouldBeGreaterThanOrEqualTo(47);
    }

    [Fact]
    public async Task Undo_SessionThatCameFromNoFile_IsWrittenFromItsMessages()
    {
        using var cli = new Support.Cli();
        Directory.CreateDirectory(Path.GetDirectoryName(cli.DefaultArchive)!);
        var messages = (await ReadAsync("claude-code", Encoding.UTF8.GetBytes(SampleSession.OfTurns(8)))).Messages;
        await using (var archive =
            await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = cli.DefaultArchive }, TestContext.Current.CancellationToken))
        {
            var compactor = new Compactor(archive: archive);
            await compactor.CompactAsync(
                new CompactionRequest { Messages = messages, Target = 3_000, Force = true, SessionId = "weather" },
                TestContext.Current.CancellationToken);
        }

        var exported = (await cli.RunAsync("export", "weather", "--to", "claude-code")).ShouldExitWith(0);
        (await cli.RunAsync("undo", "weather", "-o", cli.PathOf("weather.json"))).ShouldExitWith(0).Output.ShouldContain("openai-chat");

        (await ReadAsync("openai-chat", await cli.ReadAsync("weather.json"))).Messages.Select(message => message.Text)
            .ShouldBe(messages.Select(message => message.Text));
        (await ReadAsync("claude-code", exported.Bytes)).Messages.Count.ShouldBe(messages.Count);
    }

    [Fact]
    public async Task Undo_ReceiptOfAnotherSession_ListsThoseThatFit()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        var receipt = Json(await cli.RunAsync("receipts", "--json")).GetProperty("receipts")[0].GetProperty("receipt").GetString()!;

        var result = (await cli.RunAsync("undo", cli.PathOf("session.compacted.jsonl"), "--to", "0123456789ab")).ShouldExitWith(1);

        result.Error.ShouldContain(receipt);
        cli.Files().ShouldBe(["session.compacted.jsonl", "session.jsonl"]);
    }

    [Fact]
    public async Task Undo_SessionWithSecrets_SaysLoudlyThatTheyStayOut()
    {
        const string key = "sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-AbCdEfGhIjKlM-AAAAAA";
        using var cli = new Support.Cli();
        var file = cli.Write(
            "s.jsonl",
            SampleSession.OfTurns(8)
                .Replace("Never touch files under vendor/.", $"The key is ANTHROPIC_API_KEY={key}", StringComparison.Ordinal));

        (await cli.RunAsync("compact", file, "--target", "20%")).ShouldExitWith(0).Output.ShouldContain("in the archive and come");
        var result = (await cli.RunAsync("undo", cli.PathOf("s.compacted.jsonl"))).ShouldExitWith(0);
        result.Output.ShouldContain("Not as it was:");
        Encoding.UTF8.GetString(await cli.ReadAsync("s.restored.jsonl")).ShouldNotContain(key);

        cli.Later = TimeSpan.FromHours(1);
        (await cli.RunAsync("compact", file, "--target", "20%", "--keep-secrets", "--archive", cli.PathOf("open.db")))
            .ShouldExitWith(0).Output.ShouldNotContain("placeholder");
        (await cli.RunAsync("undo", cli.PathOf("s.compacted.jsonl"), "--archive", cli.PathOf("open.db"), "--overwrite")).ShouldExitWith(0);
        (await cli.ReadAsync("s.restored.jsonl")).ShouldBe(await cli.ReadAsync("s.jsonl"));
    }

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.ShouldExitWith(0).Output).RootElement;

    private static async Task<SessionDocument> ReadAsync(string format, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await SessionFormats.Find(format)!.ReadAsync(stream, TestContext.Current.CancellationToken);
    }
}
