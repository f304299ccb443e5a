using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Archives;
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
        var range = Range()
            .Match(await File.ReadAllTextAsync(
                cli.PathOf("session.compacted.jsonl"), TestContext.Current.CancellationToken)).Groups["range"].Value;

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

    [Theory]
    [InlineData("recall {0}")]
    [InlineData("recall-{0}")]
    [InlineData("[recall {0}]")]
    [InlineData("[1,024 tokens cut; recall {0}]")]
    [InlineData("[cut; recall {0}]")]
    [InlineData("[{0}]")]
    [InlineData("'{0}'")]
    [InlineData(" \"{0}\".")]
    public async Task Recall_HandleAsItWasCopied_IsUnderstood(string copied)
    {
        using var cli = new Support.Cli();
        var (handle, _) = await CompactAsync(cli);
        var expected = (await cli.RunAsync("recall", handle)).ShouldExitWith(0).Bytes;
        expected.ShouldNotBeEmpty();

        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, copied, handle);
        (await cli.RunAsync("recall", text)).ShouldExitWith(0).Bytes.ShouldBe(expected);
        (await cli.RunAsync(["recall", .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).ShouldExitWith(0).Bytes
            .ShouldBe(expected);
        (await cli.RunAsync("recall", text, "--in", cli.PathOf("session.jsonl"))).ShouldExitWith(0);
    }

    [Theory]
    [InlineData("recall {0}")]
    [InlineData("[earlier {0}]")]
    public async Task Recall_RangeAsItWasCopied_IsUnderstood(string copied)
    {
        using var cli = new Support.Cli();
        var (_, range) = await CompactAsync(cli);
        var expected = (await cli.RunAsync("recall", range)).ShouldExitWith(0).Bytes;

        (await cli.RunAsync("recall", string.Format(System.Globalization.CultureInfo.InvariantCulture, copied, range)))
            .ShouldExitWith(0).Bytes.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{0} {0}")]
    [InlineData("recal {0}")]
    [InlineData("what stood at {0}")]
    [InlineData("recall{0}")]
    public async Task Recall_MoreThanAHandle_IsBadInput(string typed)
    {
        using var cli = new Support.Cli();
        var (handle, _) = await CompactAsync(cli);

        (await cli.RunAsync("recall", string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, handle)))
            .ShouldExitWith(2).Error.ShouldContain("is not a handle");
    }

    [Fact]
    public async Task Recall_RangeThatRunsBackwards_SaysHowItGoes()
    {
        using var cli = new Support.Cli();
        var (_, range) = await CompactAsync(cli);
        var backwards = string.Join("..", range.Split("..").Reverse());

        foreach (string[] where in (string[][])[[], ["--in", cli.PathOf("session.jsonl")]])
        {
            var result = (await cli.RunAsync(["recall", backwards, .. where])).ShouldExitWith(2);
            result.Error.ShouldBe(
                $"strata: {backwards} runs backwards: a range goes from the older to the newer. Turn it round: {range}\n");
            result.Output.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Recall_InOneSession_TellsNothingOfAnother()
    {
        using var cli = new Support.Cli();
        var (_, range) = await CompactAsync(cli);
        var other = Talk("other", SampleSession.SourceCode(7), SampleSession.SourceCode(8), SampleSession.SourceCode(9), "And now?");
        (await cli.RunAsync("compact", cli.Write("other.jsonl", other), "--target", "20%")).ShouldExitWith(0);
        var whole = (await cli.RunAsync("recall", range)).ShouldExitWith(0);

        (await cli.RunAsync("recall", range, "--session", "session.jsonl")).ShouldExitWith(0).Bytes.ShouldBe(whole.Bytes);
        (await cli.RunAsync("recall", range, "--session", "other.jsonl")).ShouldExitWith(1).Error
            .ShouldContain("Without --session it is looked for in all.");
        (await cli.RunAsync("recall", range, "--session", "another")).ShouldExitWith(1).Error
            .ShouldContain("there is no session 'another'");
        (await cli.RunAsync("recall", range, "--session", "other.jsonl", "--in", cli.PathOf("session.jsonl"))).ShouldExitWith(2).Error
            .ShouldContain("--session is for an archive");
    }

    [Fact]
    public async Task Recall_TwoSessionsWithTheSameEnds_TheSessionThatIsNamedAnswers()
    {
        using var cli = new Support.Cli();
        foreach (var (name, middle) in new[] { ("one", "the word is amber"), ("two", "the word is cobalt") })
        {
            var talk =
                Talk(name, SampleSession.SourceCode(1), middle, SampleSession.SourceCode(2), SampleSession.SourceCode(3), "And now?");
            (await cli.RunAsync("compact", cli.Write(name + ".jsonl", talk), "--target", "40%", "--strategy", "summary")).ShouldExitWith(0);
            cli.Later += TimeSpan.FromHours(1);
        }

        var plan =
            JsonDocument.Parse((await cli.RunAsync("plan", cli.PathOf("one.jsonl"), "--json")).Output).RootElement.GetProperty("groups");
        var range = $"{plan[0].GetProperty("handle").GetString()}..{plan[2].GetProperty("handle").GetString()}";

        (await cli.RunAsync("recall", range)).ShouldExitWith(0).Output.ShouldContain("cobalt");
        (await cli.RunAsync("recall", range, "--session", "one.jsonl")).ShouldExitWith(0).Output.ShouldContain("amber");
        (await cli.RunAsync("recall", range, "--session", "two.jsonl")).ShouldExitWith(0).Output.ShouldContain("cobalt");
    }

    // A session of its own in which the user says all of this.
    private static string Talk(string id, params string[] said)
    {
        var session = new SampleSession();
        foreach (var text in said)
            session.User(text);
        return session.ToString().Replace("5e551011-0000-4000-8000-000000000001", id, StringComparison.Ordinal);
    }

    // A handle and a range that stand in the compacted text.
    private static async Task<(string Handle, string Range)> CompactAsync(Support.Cli cli)
    {
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        var range = Range()
            .Match(await File.ReadAllTextAsync(
                cli.PathOf("session.compacted.jsonl"), TestContext.Current.CancellationToken)).Groups["range"].Value;
        return (range.Split("..")[0], range);
    }

    [GeneratedRegex("cut; recall (?<handle>[0-9a-z]{12})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cut();

    [GeneratedRegex(@"recall (?<range>[0-9a-z]{12}\.\.[0-9a-z]{12})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();
}
