using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

/// <summary>Models that are down, missing or too small, and Ctrl-C.</summary>
public sealed class LadderFaultTests
{
    private const int Turns = 30;

    [Fact]
    public async Task Compact_AllModelsDown_Level0WritesAndTheReasonIsSaid()
    {
        using var cli = new Support.Cli { Variables = { ["STRATA_RETRIES"] = "0" } };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2", "ollama/large",
            "--ollama", FakeOllama.Nowhere)).ShouldExitWith(0);

        result.Output.ShouldContain("Summary: level 0, ");
        result.Output.ShouldMatch(@"Level 0 wrote (\d+) of \1 parts instead of a model\.");
        result.Output.ShouldContain("ollama/small: unreachable");
        result.Output.ShouldContain($"Note: ollama at {FakeOllama.Nowhere} refuses the connection");
        cli.Files().ShouldContain("session.compacted.jsonl");
    }

    [Fact]
    public async Task Compact_ModelMissing_ShowsThePullCommandAndTakesTheNext()
    {
        await using var server = await FakeOllama.StartAsync();
        server.Missing = "small";
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small,ollama/other", "--ollama",
            server.Url)).ShouldExitWith(0);

        result.Output.ShouldContain("Run: ollama pull small.");
        result.Output.ShouldContain("Summary: level 0, 1");
        server.Asked.ShouldAllBe(model => model == "other");
    }

    [Fact]
    public async Task Compact_FirstCtrlC_KeepsWhatIsPaidForAndWritesTheFile()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        server.Before = async call =>
        {
            // Four calls are under way at a time: when the ninth is asked, five answers were read.
            if (call <= 8)
                return 200;
            if (call == 9)
                cli.Interrupts.Raise();
            await Task.Delay(Timeout.Infinite, cli.Interrupts.Calls).ContinueWith(_ => { }, TaskScheduler.Default);
            return 500;
        };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url))
            .ShouldExitWith(3);

        result.Error.ShouldContain("strata: stopping: what is written stays");
        result.Output.ShouldContain("Stopped by Ctrl-C");
        result.Output.ShouldContain("Summary: level 0, 1");
        result.Output.ShouldContain("Wrote session.compacted.jsonl");
        File.ReadAllText(cli.PathOf("session.compacted.jsonl")).ShouldContain("Level 1 [recall ");
    }

    [Fact]
    public async Task Compact_SecondCtrlC_EndsWithoutAFile()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        server.Before = _ =>
        {
            cli.Interrupts.Raise();
            cli.Interrupts.Raise();
            return Task.FromResult(200);
        };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url))
            .ShouldExitWith(130);

        result.Error.ShouldContain("stopped; no file was written");
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Fact]
    public async Task Compact_WindowSmallerThanTheTemplate_IsSaidBeforeAnyCall()
    {
        await using var server = await FakeOllama.StartAsync();
        server.Window = 600;
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url))
            .ShouldExitWith(2);

        result.Error.ShouldContain("Level 1: the window of ollama/small has 600 tokens");
        server.Asked.ShouldBeEmpty();
    }
}
