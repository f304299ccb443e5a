using Strata.Planning.Hierarchy;
using Strata.Providers.Configuration;
using Strata.Providers.Tests.Support;
using Strata.Ladder;

namespace Strata.Providers.Tests.Configuration;

public sealed class ModelLadderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("l1 l2 l3", "200 500 4000")]
    [InlineData("l1 l3", "200 1600")]
    [InlineData("l2 l3", "500 4000")]
    [InlineData("l3", "4000")]
    public void ShapeOf_SizesNobodyStated_AreThoseOfSeed0AndNeverExpand(string levels, string sizes)
    {
        var settings = SettingsEnvironment.Read(name => levels.Split(' ').Contains(name.Replace("STRATA_", "", StringComparison.Ordinal).ToLowerInvariant()) ? "ollama/a" : null);

        string.Join(' ', ModelLadder.ShapeOf(settings).Levels.Select(level => level.MaxTokens)).ShouldBe(sizes);
    }

    [Fact]
    public async Task CreateAsync_Settings_BecomeLevels()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Then(200, """{"model_info":{"qwen2.context_length":16384}}""");
        using var providers = new ModelProviders(new ProviderOptions { Environment = _ => null, BaseUrls = new Dictionary<string, string> { ["ollama"] = server.Url } });
        var settings = SettingsFile.Parse("max_wait: 2m\nfan_out: 5\nlevels:\n  - {level: 1, models: ollama/a, timeout: 9s, temperature: 0.1}\n  - {level: 2, models: ollama/a, max_tokens: 300}\n");

        var ladder = (await ModelLadder.CreateAsync(settings, providers, cancellationToken: Token)).ShouldNotBeNull();

        ladder.Problems.ShouldBeEmpty();
        (ladder.Options.MaxWait, ladder.Options.Shape.FanOut).ShouldBe((TimeSpan.FromMinutes(2), 5));
        var (first, second) = (ladder.Options.Levels[0], ladder.Options.Levels[1]);
        (first.Level, first.MaxTokens, first.Timeout, first.Temperature).ShouldBe((1, 200, TimeSpan.FromSeconds(9), .1f));
        (second.Level, second.MaxTokens, second.Timeout).ShouldBe((2, 300, TimeSpan.FromSeconds(45)));
        first.Models.ShouldHaveSingleItem().Window.ShouldBe(16_384);
        new LadderSummarizer(ladder.Options).Hierarchy.Levels.ShouldBe([new LevelSize(1, 200), new LevelSize(2, 300)]);
    }

    [Fact]
    public async Task CreateAsync_ServerDown_IsAProblemAndNoError()
    {
        using var providers = new ModelProviders(new ProviderOptions { Environment = _ => null, BaseUrls = new Dictionary<string, string> { ["ollama"] = "http://127.0.0.1:1" } });

        var ladder = await ModelLadder.CreateAsync(SettingsFile.Parse("levels: [{level: 1, models: [ollama/a, ollama/b]}]"), providers, cancellationToken: Token);

        ladder!.Problems.ShouldHaveSingleItem().ShouldContain("http://127.0.0.1:1");
        ladder.Options.Levels[0].Models.Select(model => model.Name).ShouldBe(["ollama/a", "ollama/b"]);
    }

    [Fact]
    public async Task CreateAsync_NoModels_IsNull()
    {
        using var providers = new ModelProviders();

        (await ModelLadder.CreateAsync(new StrataSettings(), providers, cancellationToken: Token)).ShouldBeNull();
    }
}
