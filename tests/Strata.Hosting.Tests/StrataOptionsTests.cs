using Microsoft.Extensions.Configuration;
using Strata.Calls;
using Strata.Chat;
using Strata.Conversations;
using Strata.Hosting.Tests.Support;
using Strata.Settings;

namespace Strata.Hosting.Tests;

public sealed class StrataOptionsTests
{
    [Fact]
    public void Read_EverySetting_IsSet()
    {
        var options = Read(
            ("Profile", "smart"), ("Model", "gpt-4o"), ("Window", "64k"), ("Strategy", "hybrid"), ("Threshold", "60%"), ("Target", "9000"),
            ("MaxCost", "2.50"), ("MaxWait", "90s"),
            ("Retries", "4"), ("AgentId", "damon"), ("PassThroughTokens", "100"), ("FanOut", "5"), ("PieceTokens", "3k"),
            ("Archive", "memory"), ("Tenant", "blue"), ("RedactSecrets", "false"),
            ("BackgroundCompaction", "true"), ("Providers:ollama", "http://gpu:11434"), ("Providers:vllm:BaseUrl", "http://gpu:8000/v1"));

        options.Problems.ShouldBeEmpty();
        options.Settings.Profile.ShouldBe("smart");
        options.Settings.Model.ShouldBe("gpt-4o");
        options.Settings.Window.ShouldBe(64_000);
        options.Settings.Strategy.ShouldBe("hybrid");
        options.Settings.Threshold.ShouldBe(TokenAmount.FromShare(.6m));
        options.Settings.Target.ShouldBe(TokenAmount.FromTokens(9_000));
        options.Settings.MaxCost.ShouldBe(2.5m);
        options.Settings.MaxWait.ShouldBe(TimeSpan.FromSeconds(90));
        options.Settings.ApplyTo(new CallOptions()).Retries.ShouldBe(4);
        options.Settings.AgentId.ShouldBe("damon");
        var shape = options.Settings.ToHierarchy();
        (shape.PassThroughTokens, shape.FanOut, shape.PieceTokens).ShouldBe((100, 5, 3_000));
        options.Settings.Archive.ShouldBe("memory");
        options.Settings.Tenant.ShouldBe("blue");
        options.Settings.RedactSecrets.ShouldBe(false);
        options.Settings.ApplyTo(options.Chat).Background.ShouldBe(true);
        options.Settings.BaseUrls["ollama"].ShouldBe("http://gpu:11434");
        options.Settings.BaseUrls["vllm"].ShouldBe("http://gpu:8000/v1");
    }

    [Fact]
    public void Read_EveryKeyOfAFileOfSettings_IsKnown()
    {
        foreach (var key in SettingTable.All)
            Read((key.ConfigurationKey, "?")).Problems.ShouldAllBe(problem => !problem.Contains("there is no setting"), key.Name);
    }

    [Theory]
    [InlineData("max_cost")]
    [InlineData("MaxCost")]
    [InlineData("maxcost")]
    [InlineData("max-cost")]
    public void Read_AnySpelling_IsTheSameKey(string key) => Read((key, "3")).Settings.MaxCost.ShouldBe(3);

    [Fact]
    public void Read_Levels_AreThoseOfTheLadder()
    {
        var options = Read(
            ("Levels:0:Level", "1"), ("Levels:0:Models:0", "ollama/qwen2.5:7b"), ("Levels:0:Models:1", "ollama/llama3.2:3b"),
            ("Levels:0:MaxTokens", "150"), ("Levels:0:Timeout", "20s"),
            ("Levels:1:Level", "3"), ("Levels:1:Models", "ollama/a, ollama/b"), ("Levels:1:Temperature", "0.2"),
            ("Levels:1:Template", "Say it in {language}.\n{sections}"),
            ("Levels:1:Sections:0", "## Goal"));

        options.Problems.ShouldBeEmpty();
        options.Settings.WrittenLevels.ShouldBe([1, 3]);
        options.Settings.Levels[1].Models!.Select(model => model.ToString()).ShouldBe(["ollama/qwen2.5:7b", "ollama/llama3.2:3b"]);
        options.Settings.Levels[1].MaxTokens.ShouldBe(150);
        options.Settings.Levels[1].Timeout.ShouldBe(TimeSpan.FromSeconds(20));
        options.Settings.Levels[3].Models!.Count.ShouldBe(2);
        options.Settings.Levels[3].Temperature.ShouldBe(.2f);
        options.Settings.Levels[3].Template!.RequiredSections.ShouldBe(["## Goal"]);
    }

    [Theory]
    [InlineData("Modl", "gpt-4o", "Strata:Modl: there is no setting 'Modl'. Did you mean 'Model'? Known: Profile, Model,")]
    [InlineData("Window", "many", "Strata:Window: give a number of tokens")]
    [InlineData("Profile", "smrt", "Strata:Profile: there is no profile 'smrt'. Did you mean 'smart'?")]
    [InlineData("RedactSecrets", "perhaps", "Strata:RedactSecrets: give true or false")]
    [InlineData("Model:Name", "gpt-4o", "Strata:Model: one value is expected here, not a section.")]
    [InlineData(
        "ApiKey", "sk-1234567890", "Strata:ApiKey: configuration holds no keys; take 'ApiKey' out and set the environment variable")]
    [InlineData("Providers:ollama:api_key", "sk-1234567890", "Strata:Providers:ollama:api_key: configuration holds no keys; take 'api_key' "
        + "out and set the environment variable OLLAMA_API_KEY.")]
    [InlineData("Providers:olama", "http://gpu", "Strata:Providers:olama: there is no provider 'olama'. Did you mean 'ollama'?")]
    [InlineData("Levels:0:Models", "ollama/a", "Strata:Levels:0: 'Level' is missing")]
    [InlineData("Levels:0:Level", "4", "Strata:Levels:0:Level: give a whole number from 1 to 3")]
    [InlineData("Levels:0:Modells", "ollama/a", "Strata:Levels:0:Modells: there is no key of a level 'Modells'. Did you mean 'Models'?")]
    [InlineData("Levels:0:Models", "qwen", "Strata:Levels:0:Models: 'qwen' is not a model reference")]
    public void Read_WrongSetting_NamesKeyAndWayOut(string key, string value, string problem)
    {
        var problems = Read((key, value)).Problems;

        problems.ShouldContain(said => said.StartsWith(problem, StringComparison.Ordinal), string.Join('\n', problems));
        string.Join('\n', problems).ShouldNotContain("sk-1234567890");
    }

    [Fact]
    public void Read_EmptyValue_SetsNothing() => Read(("Model", ""), ("Window", " ")).Settings.ShouldSatisfyAllConditions(
        settings => settings.Model.ShouldBeNull(),
        settings => settings.Window.ShouldBeNull());

    [Fact]
    public void Read_NoSection_SaysSo()
    {
        var options = new StrataOptions();
        options.Read(new ConfigurationBuilder().Build().GetSection("Srata"));

        options.Problems.ShouldHaveSingleItem().ShouldStartWith("Srata: there is no such section");
    }

    private static StrataOptions Read(params (string Key, string? Value)[] settings)
    {
        var options = new StrataOptions();
        options.Read(Setup.Section(settings));
        return options;
    }
}
