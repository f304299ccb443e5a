using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("compact")]
    [InlineData("plan")]
    [InlineData("count")]
    [InlineData("inspect")]
    [InlineData("recall")]
    [InlineData("search")]
    [InlineData("undo")]
    [InlineData("sessions")]
    [InlineData("receipts")]
    [InlineData("export")]
    [InlineData("doctor")]
    [InlineData("prune")]
    [InlineData("rank")]
    [InlineData("models")]
    [InlineData("completion")]
    public async Task Help_OfEveryCommand_EndsWithExamplesOfIt(string command)
    {
        using var cli = new Support.Cli { Width = 80 };

        var result = (await cli.RunAsync(command, "--help")).ShouldExitWith(0);

        result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..].ShouldContain("strata " + command);
        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task NoCommand_ShowsHelpAndIsBadUsage()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync()).ShouldExitWith(2);

        result.Output.ShouldLookLike("help");
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("--version")).ShouldExitWith(0).Output.ShouldMatch(@"^\d+\.\d+\.\d+");
    }

    [Theory]
    [InlineData("--target", "0%")]
    [InlineData("--target", "150%")]
    [InlineData("--target", "-5")]
    [InlineData("--target", "0")]
    [InlineData("--target", "lots")]
    [InlineData("--target", "1.5")]
    [InlineData("--threshold", "0%")]
    [InlineData("--window", "20%")]
    [InlineData("--window", "big")]
    [InlineData("--window", "9999999999999")]
    public async Task BadNumber_IsNamedWithTheWayOut(string option, string value)
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), $"{option}={value}")).ShouldExitWith(2);

        result.Error.ShouldStartWith($"strata: {option} {value}: ");
        result.Error.ShouldEndWith("Try 'strata compact --help'.\n");
    }

    [Theory]
    [InlineData("--strategy", "hybird", "Did you mean 'hybrid'?")]
    [InlineData("--strategy", "xyz", "Known: hierarchical, hybrid, summary, sliding-window,")]
    [InlineData("--profile", "smrt", "Did you mean 'smart'?")]
    [InlineData("--format", "claude-kode", "Did you mean 'claude-code'?")]
    [InlineData("--to", "openai", "Known: claude-code")]
    public async Task UnknownName_ListsTheKnownAndSuggestsTheNearest(string option, string value, string expected)
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session(), option, value)).ShouldExitWith(2).Error.ShouldContain(expected);
    }

    [Fact]
    public async Task UnknownOption_IsBadUsage()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session(), "--frobnicate")).ShouldExitWith(2).Error.ShouldContain("--frobnicate");
    }

    [Theory]
    [InlineData("strata compact --strategy s", "sliding-window")]
    [InlineData("strata compact --profile ", "tiered")]
    [InlineData("strata compact --to c", "claude-code")]
    [InlineData("strata count --format t", "text")]
    [InlineData("strata plan --model claude-opus-4", "claude-opus-4-5")]
    [InlineData("strata comp", "compact")]
    [InlineData("strata rec", "receipts")]
    [InlineData("strata export --to pi", "pi")]
    [InlineData("strata prune --max", "--max-size")]
    public async Task Suggest_PartOfALine_CompletesIt(string line, string expected)
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync($"[suggest:{line.Length}]", line)).ShouldExitWith(0);

        result.Output.Split('\n', StringSplitOptions.TrimEntries).ShouldContain(expected);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_OfAShell_AsksThisProgram(string shell)
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("completion", shell)).ShouldExitWith(0).Output.ShouldContain("strata \"[suggest:");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Colours_AreSentOnlyWhereTheyAreWanted(bool wanted)
    {
        using var cli = new Support.Cli { Width = 80, Colours = wanted };

        (await cli.RunAsync("inspect", cli.Session())).Output.Contains('\u001b').ShouldBe(wanted);
    }

    [Fact]
    public async Task SessionWithEscapeSequences_DoesNotReachTheTerminal()
    {
        using var cli = new Support.Cli { Width = 80 };
        var session = new SampleSession();
        session.User("\u001b[2Jgone [red]markup[/] \u202eltr");

        var result = (await cli.RunAsync("plan", cli.Write("s.jsonl", session.ToString()))).ShouldExitWith(0);

        result.Output.Any(c => char.IsControl(c) && c != '\n').ShouldBeFalse();
        result.Output.ShouldContain("[red]");
    }
}
