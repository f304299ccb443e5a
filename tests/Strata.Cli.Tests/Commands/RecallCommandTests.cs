using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed partial class RecallCommandTests
{
    [Fact]
    public async Task Recall_CutText_IsTheOriginalByteForByte()
    {
        using var cli = new Support.Cli();
        var session = new SampleSession();
        var original = SampleSession.SourceCode(7) + "an end without a newline";
        session.User(original);
        var file = cli.Write("session.jsonl", session.ToString());
        (await cli.RunAsync("compact", file, "--target", "500")).ShouldExitWith(0);
        var cut = Cut().Match(await File.ReadAllTextAsync(cli.PathOf("session.compacted.jsonl"), TestContext.Current.CancellationToken));
        cut.Success.ShouldBeTrue();

        var result = (await cli.RunAsync("recall", cut.Groups["handle"].Value, "--in", file)).ShouldExitWith(0);

        result.Bytes.ShouldBe(Encoding.UTF8.GetBytes(original));
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_SummarizedRange_IsAllThatLaysBetween()
    {
        using var cli = new Support.Cli();
        var file = cli.Session();
        (await cli.RunAsync("compact", file, "--target", "20%")).ShouldExitWith(0);
        var range = Range().Match(await File.ReadAllTextAsync(cli.PathOf("session.compacted.jsonl"), TestContext.Current.CancellationToken)).Groups["range"].Value;

        var result = (await cli.RunAsync("recall", range, "--in", file)).ShouldExitWith(0);

        result.Output.ShouldContain("── assistant: call Read\n");
        result.Output.ShouldContain("── tool result\n" + SampleSession.SourceCode(1));
        result.Output.ShouldContain("Command number 1 has the flag and its tests pass.");
    }

    [Fact]
    public async Task Recall_Json_HoldsTheMessages()
    {
        using var cli = new Support.Cli();
        var file = cli.Session();
        var plan = JsonDocument.Parse((await cli.RunAsync("plan", file, "--json")).Output).RootElement;
        var handle = plan.GetProperty("groups")[1].GetProperty("handle").GetString()!;

        var json = JsonDocument.Parse((await cli.RunAsync("recall", handle, "--in", file, "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("groups")[0].GetProperty("group").GetInt32().ShouldBe(2);
        json.GetProperty("groups")[0].GetProperty("messages").GetArrayLength().ShouldBe(2);
        json.GetProperty("place").GetString().ShouldBe("line 2");
    }

    [Fact]
    public async Task Recall_UnknownHandle_Fails()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("recall", "0123456789ab", "--in", cli.Session())).ShouldExitWith(1);

        result.Error.ShouldContain("Is it the file from before the compaction?");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_NoHandle_IsBadInput()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("recall", "short", "--in", cli.Session())).ShouldExitWith(2).Error.ShouldContain("'short' is not a handle");
    }

    [GeneratedRegex("cut; recall (?<handle>[0-9a-z]{12})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cut();

    [GeneratedRegex(@"recall (?<range>[0-9a-z]{12}\.\.[0-9a-z]{12})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();
}
