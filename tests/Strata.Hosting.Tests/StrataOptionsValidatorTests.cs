using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Strata.Hosting.Tests.Support;
using Strata.Settings;

namespace Strata.Hosting.Tests;

public sealed class StrataOptionsValidatorTests
{
    [Fact]
    public async Task Start_TypoInAKey_StopsTheHost() =>
        (await Setup.ProblemsAsync(("Strateggy", "hybrid"))).ShouldHaveSingleItem()
            .ShouldStartWith("Strata:Strateggy: there is no setting 'Strateggy'. Did you mean 'Strategy'?");

    [Fact]
    public async Task Start_SeveralFaults_AllAreTold()
    {
        var problems = await Setup.ProblemsAsync(("Modl", "x"), ("Window", "none"), ("Strategy", "hybryd"));

        problems.Count.ShouldBe(3);
        problems.ShouldContain(problem => problem.StartsWith("Strata:Strategy: there is no strategy 'hybryd'. Did you mean 'hybrid'?"));
    }

    [Fact]
    public async Task Start_GoodSettings_Starts() => (await Setup.ProblemsAsync(("Model", "gpt-4o"), ("Threshold", "50%"))).ShouldBeEmpty();

    [Theory]
    [InlineData("Target", "90%")]
    [InlineData("Target", "90k")]
    public async Task Start_TargetAboveTheThreshold_NamesTheKeys(string key, string value) =>
        (await Setup.ProblemsAsync(("Window", "100k"), (key, value))).ShouldHaveSingleItem()
            .ShouldStartWith("Strata:Window, Threshold, Target: ");

    [Fact]
    public async Task Start_ModelWithoutKey_NamesTheVariable()
    {
        Environment.SetEnvironmentVariable("OPENROUTER_API_KEY", null);

        (await Setup.ProblemsAsync(("Levels:0:Level", "1"), ("Levels:0:Models", "openrouter/some/model")))
            .ShouldHaveSingleItem()
            .ShouldBe("Strata:Levels: There is no key for openrouter: set the environment variable OPENROUTER_API_KEY.");
    }

    [Fact]
    public async Task Start_OptionsOfCode_NamesTheOption()
    {
        var problems = await Setup.ProblemsAsync(services => services.AddStrata(
            new StrataSettings { Archive = "none", Strategy = "none-such", MaxCost = -1 }));

        problems.ShouldContain(problem => problem.StartsWith("StrataOptions.Strategy: there is no strategy 'none-such'"));
        problems.ShouldContain(problem => problem.StartsWith("StrataOptions.MaxCost: give an amount in USD of 0 or more"));
    }

    [Fact]
    public async Task Start_ArchiveIsNoAddress_NamesTheKey() =>
        (await Setup.ProblemsAsync(services => services.AddStrata(Setup.Section(("Archive", "Host=;Port=x")))))
        .ShouldHaveSingleItem().ShouldStartWith("Strata:Archive: ");

    [Fact]
    public void AddStrata_WholeConfiguration_IsRefused() =>
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddStrata(new ConfigurationBuilder().Build())).Message
            .ShouldContain("GetSection(\"Strata\")");
}
