using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed class ModelsCommandTests
{
    [Fact]
    public async Task Models_Filter_ListsWhatHoldsIt()
    {
        using var cli = new Support.Cli();

        var json = JsonDocument.Parse((await cli.RunAsync("models", "sonnet", "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("resolved").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("models").GetArrayLength().ShouldBeGreaterThan(5);
        foreach (var model in json.GetProperty("models").EnumerateArray())
        {
            model.GetProperty("id").GetString()!.ShouldContain("sonnet", Case.Insensitive);
            model.GetProperty("sources").GetProperty("window").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Models_OnATerminal_BreakNoRow()
    {
        using var cli = new Support.Cli { Width = 80 };

        var result = (await cli.RunAsync("models", "gpt-4o-m*")).ShouldExitWith(0);

        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
        result.Output.Split('\n')[0].ShouldEndWith("source");
    }

    [Fact]
    public async Task Models_Pattern_IsAnchored()
    {
        using var cli = new Support.Cli();

        var json = JsonDocument.Parse((await cli.RunAsync("models", "gpt-4?", "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("models").EnumerateArray().ShouldAllBe(model => model.GetProperty("id").GetString()!.EndsWith("gpt-4o"));
    }

    [Fact]
    public async Task Models_ExactName_SaysHowItIsUnderstood()
    {
        using var cli = new Support.Cli { Width = 80 };
        var models = cli.Write("models.json", """{"source":"my own list","models":[{"provider":"acme","id":"anvil-9","context":"""
            + """64000,"output":8000,"usdPerMTok":{"input":1,"output":2}}]}""");

        (await cli.RunAsync("models", "anvil-9", "--models", models)).ShouldExitWith(0).Output.ShouldLookLike("models.exact");
    }

    [Fact]
    public async Task Models_NameThatOnlyRulesKnow_IsResolved()
    {
        using var cli = new Support.Cli();

        var json = JsonDocument.Parse((await cli.RunAsync("models", "gpt-4o-2031-01-01", "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("resolved").GetProperty("match").GetString().ShouldBe("dated");
    }

    [Fact]
    public async Task Models_Nothing_SuggestsTheNearest()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("models", "gtp-4o")).ShouldExitWith(1).Error.ShouldContain("Did you mean 'gpt-4o'?");
    }
}
