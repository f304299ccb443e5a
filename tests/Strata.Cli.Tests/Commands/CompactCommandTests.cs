using System.Text;
using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed partial class CompactCommandTests
{
    [Fact]
    public async Task Compact_ToAShare_WritesASessionBesideTheInput()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();
        var before = await File.ReadAllBytesAsync(session, TestContext.Current.CancellationToken);

        var result = (await cli.RunAsync("compact", session, "--target", "20%")).ShouldExitWith(0);

        result.Output.ShouldStartWith("session.jsonl  claude-code, 48 messages\nclaude-opus-4-5, counted with ");
        result.Output.ShouldContain("% kept, strategy hierarchical\n");
        result.Output.ShouldEndWith(" in 1 ms.\n");
        result.Error.ShouldBeEmpty();
        cli.Files().ShouldBe(["session.compacted.jsonl", "session.jsonl"]);
        (await File.ReadAllBytesAsync(session, TestContext.Current.CancellationToken)).ShouldBe(before);
        var again = (await cli.RunAsync("count", cli.PathOf("session.compacted.jsonl"), "--json")).ShouldExitWith(0);
        Json(again).GetProperty("tokens").GetInt32().ShouldBeLessThan(TokensOf(await cli.RunAsync("count", session, "--json")) / 5);
    }

    [Fact]
    public async Task Compact_OnATerminal_FitsEightyColumns()
    {
        using var cli = new Support.Cli { Width = 80 };

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Compact_BelowTheThreshold_SaysSoAndWritesNothing()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session())).ShouldExitWith(0);

        result.Output.ShouldContain("Nothing needed doing");
        result.Output.ShouldContain("No file was written");
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Fact]
    public async Task Compact_SomebodysFileUnderTheDefaultName_IsNotReplaced()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();
        var notes = cli.Write("session.compacted.jsonl", "my own notes");

        var result = (await cli.RunAsync("compact", session, "--target", "20%")).ShouldExitWith(2);

        result.Error.ShouldContain("--overwrite");
        File.ReadAllText(notes).ShouldBe("my own notes");
        (await cli.RunAsync("compact", session, "--target", "20%", "--overwrite")).ShouldExitWith(0);
        (await cli.RunAsync("compact", session, "--target", "20%")).ShouldExitWith(0);
    }

    [Fact]
    public async Task Compact_BelowTheThresholdForced_CompactsToTheTarget()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--window", "30k", "--force", "--json")).ShouldExitWith(0);

        var json = Json(result);
        json.GetProperty("outcome").GetString().ShouldBe("compacted");
        json.GetProperty("target").GetInt32().ShouldBe(8_100);
        json.GetProperty("after").GetInt32().ShouldBeLessThanOrEqualTo(8_100);
    }

    [Fact]
    public async Task Compact_UnchangedIntoAPipe_PassesTheSessionThrough()
    {
        using var cli = new Support.Cli { Input = Encoding.UTF8.GetBytes(SampleSession.OfTurns(2)) };

        var result = (await cli.RunAsync("compact", "-")).ShouldExitWith(0);

        result.Bytes.ShouldBe(cli.Input);
        result.Error.ShouldContain("Nothing needed doing");
    }

    [Fact]
    public async Task Compact_FromPipeToPipe_WritesOnlyTheSessionToOutput()
    {
        using var cli = new Support.Cli { Input = Encoding.UTF8.GetBytes(SampleSession.OfTurns(8)) };

        var result = (await cli.RunAsync("compact", "-", "--target", "20%")).ShouldExitWith(0);

        foreach (var line in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            JsonDocument.Parse(line).Dispose();
        result.Error.ShouldContain("summarized");
        result.Error.ShouldContain("Wrote to standard output");
    }

    [Fact]
    public async Task Compact_ToAnotherFormat_WritesThatFormat()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session(), "--to", "openai-chat")).ShouldExitWith(0).Output.ShouldContain("openai-chat");

        (await cli.RunAsync("count", cli.PathOf("session.compacted.json"), "--json")).Output.ShouldContain("\"format\": \"openai-chat\"");
    }

    [Fact]
    public async Task Compact_OutputIsTheInput_IsRefused()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();
        File.CreateSymbolicLink(cli.PathOf("link.jsonl"), session);

        foreach (var output in new[] { session, cli.PathOf("./session.jsonl"), cli.PathOf("link.jsonl") })
        {
            var result = (await cli.RunAsync("compact", session, "--target", "20%", "--overwrite", "-o", output)).ShouldExitWith(2);
            result.Error.ShouldContain("is the input itself, which is never overwritten");
        }

        (await File.ReadAllTextAsync(session, TestContext.Current.CancellationToken)).ShouldBe(SampleSession.OfTurns(8));
    }

    [Fact]
    public async Task Compact_OutputExists_IsReplacedOnlyWhenAsked()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();
        var output = cli.Write("out.jsonl", "mine");

        (await cli.RunAsync("compact", session, "--target", "20%", "-o", output)).ShouldExitWith(2).Error.ShouldBe(
            "strata: out.jsonl exists. Give --overwrite to replace it, or name another file with -o.\n");
        (await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken)).ShouldBe("mine");

        (await cli.RunAsync("compact", session, "--target", "20%", "-o", output, "--overwrite")).ShouldExitWith(0);
        (await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken)).ShouldNotBe("mine");
    }

    [Fact]
    public async Task Compact_Twice_ReplacesItsOwnEarlierOutput()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();

        (await cli.RunAsync("compact", session, "--target", "50%")).ShouldExitWith(0);
        var first = await File.ReadAllBytesAsync(cli.PathOf("session.compacted.jsonl"), TestContext.Current.CancellationToken);
        (await cli.RunAsync("compact", session, "--target", "10%")).ShouldExitWith(0);

        new FileInfo(cli.PathOf("session.compacted.jsonl")).Length.ShouldBeLessThan(first.Length);
    }

    [Fact]
    public async Task Compact_Json_HoldsTheNumbers()
    {
        using var cli = new Support.Cli();

        var json = Json((await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--json")).ShouldExitWith(0));

        json.EnumerateObject().Select(property => property.Name).ShouldBe(
        [
            "file", "format", "output", "outputFormat", "outputBytes", "outcome", "reason", "model", "counter", "window", "windowIsKnown",
            "available", "threshold", "target", "before", "after", "recorded", "strategy", "groups", "messages", "rungs", "request",
            "levels", "summaryTokens", "ladder", "archive", "agentId", "problems", "notes", "milliseconds",
        ]);
        json.GetProperty("window").GetInt32().ShouldBe(200_000);
        json.GetProperty("threshold").GetInt32().ShouldBe(126_000);
        json.GetProperty("groups").GetProperty("keep").GetProperty("groups").GetInt32().ShouldBeGreaterThan(0);
        json.GetProperty("outputBytes").GetInt64().ShouldBe(new FileInfo(cli.PathOf("session.compacted.jsonl")).Length);
    }

    [Fact]
    public async Task Compact_Cancelled_LeavesNothingBehind()
    {
        using var cli = new Support.Cli();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var result = (await cli.RunAsync(cancelled.Token, "compact", cli.Session(), "--target", "20%")).ShouldExitWith(130);

        result.Error.ShouldBe("strata: stopped; no file was written\n");
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.Output).RootElement;

    private static int TokensOf(CliResult result) => Json(result).GetProperty("tokens").GetInt32();
}
