using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed class PlanCommandTests
{
    [Fact]
    public async Task Plan_IntoAPipe_HasOneUncutRowAGroup()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("plan", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        var rows = result.Output.Split('\n');
        rows[0].ShouldStartWith(" #  kind       first words");
        rows[1].ShouldContain("Add a --celsius flag to the forecast command. Never touch files under vendor/.");
        rows[32].ShouldStartWith("32  assistant  Command number 8 has the flag and its tests pass.");
        result.Error.ShouldStartWith("Strategy hierarchical: ");
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Fact]
    public async Task Plan_OnATerminal_FitsEightyColumns()
    {
        using var cli = new Support.Cli { Width = 80 };

        var result = (await cli.RunAsync("plan", cli.Session(), "--target", "20%")).ShouldExitWith(0);

        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Plan_HundredsOfGroups_HasARowForEach()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("plan", cli.Session(turns: 100), "--target", "20%")).ShouldExitWith(0);

        result.Output.Split('\n').Count(line => line.Contains(" Bash pytest tests/", StringComparison.Ordinal)).ShouldBe(100);
    }

    [Fact]
    public async Task Plan_NotDue_SaysSo()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("plan", cli.Session())).ShouldExitWith(0);

        result.Error.ShouldContain("Nothing is due");
    }

    [Fact]
    public async Task Plan_Json_AgreesWithCompact()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();

        var plan = JsonDocument.Parse((await cli.RunAsync("plan", session, "--target", "20%", "--json")).Output).RootElement;
        var compact = JsonDocument.Parse((await cli.RunAsync("compact", session, "--target", "20%", "--json")).Output).RootElement;

        plan.GetProperty("before").GetInt32().ShouldBe(compact.GetProperty("before").GetInt32());
        plan.GetProperty("target").GetInt32().ShouldBe(compact.GetProperty("target").GetInt32());
        plan.GetProperty("groups").EnumerateArray().Count(group => group.GetProperty("action").GetString() == "keep")
            .ShouldBe(compact.GetProperty("groups").GetProperty("keep").GetProperty("groups").GetInt32());
        plan.GetProperty("groups")[0].EnumerateObject().Select(property => property.Name).ShouldBe(
            ["group", "handle", "kind", "turn", "messages", "place", "text", "tokens", "action", "reason", "after"]);
        plan.GetProperty("groups")[0].GetProperty("group").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Plan_CannotFit_ExitsWithOne()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("plan", cli.Session(), "--target", "1500", "--pin", "forecast")).ShouldExitWith(1).Error
            .ShouldContain("Cannot fit:");
    }
}
