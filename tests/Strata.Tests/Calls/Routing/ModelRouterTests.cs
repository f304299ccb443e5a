using Strata.Calls;
using Strata.Calls.Routing;
using Strata.Models;
using Strata.Tests.Ranking;
using Strata.Tests.Shared;

namespace Strata.Tests.Calls.Routing;

public sealed class ModelRouterTests
{
    private static readonly FakeChatClient Client = new();
    private static readonly CallableModel Small = new() { Name = "ollama/qwen2.5:32b", Client = Client };
    private static readonly CallableModel Spare = new() { Name = "ollama/qwen2.5:7b", Client = Client };

    [Fact]
    public void Resolve_SummarizeSession_IsThatOfSeed2()
    {
        var resolved = Router(ModelTiers.Fast.Name).Resolve("summarize_session");

        (resolved.Route.MaxOutputTokens, resolved.Route.Temperature, resolved.Tier).ShouldBe((1_024, .3f, ModelTiers.Fast));
        resolved.Models.ShouldBe([Small, Spare]);
    }

    [Fact]
    public void Resolve_AnalyzePage_GoesToReasoning() => Router("reasoning").Resolve("Analyze_Page").Tier.ShouldBe(ModelTiers.Reasoning);

    [Fact]
    public void BuiltInRoutes_UseEveryTier() =>
        ModelRouter.BuiltInRoutes.Select(route => ModelTiers.Find(route.Tier)).Distinct().ShouldBe(ModelTiers.All, ignoreOrder: true);

    [Fact]
    public void Resolve_OwnRoute_ReplacesTheBuiltIn()
    {
        var own = new TaskRoute("summarize_session", "coding", 300, 0, "My template");

        Router("CODING", own).Resolve("summarize_session").Route.ShouldBe(own);
    }

    [Fact]
    public void Resolve_UnknownTask_NamesTheKnown() =>
        Should.Throw<ArgumentException>(() => Router("FAST").Resolve("dance")).Message
            .ShouldContain("'dance'. Known: analyze_page, answer,");

    [Fact]
    public void Resolve_TierWithoutModels_NamesThoseWith() =>
        Should.Throw<ArgumentException>(() => Router("FAST").Resolve("write_code")).Message
            .ShouldContain("CODING, which has no models. Tiers with models: FAST.");

    [Fact]
    public void New_UnknownTierOrImpossibleNumber_IsNamed()
    {
        Should.Throw<ArgumentException>(() => Router("QUICK")).Message.ShouldContain("no tier 'QUICK'");
        Should.Throw<ArgumentException>(() => Router("FAST", new TaskRoute("a", "SLOW", 1, 0))).Message
            .ShouldContain("'SLOW', named in the route of a");
        Should.Throw<ArgumentException>(() => Router("FAST", new TaskRoute("a", "FAST", 0, 0))).Message.ShouldContain("0 output tokens");
    }

    private static ModelRouter Router(string tier, params TaskRoute[] routes) =>
        new(new Dictionary<string, IReadOnlyList<CallableModel>> { [tier] = [Small, Spare] }, routes);
}
