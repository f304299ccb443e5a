using Strata.Calls;
using Strata.Models;

namespace Strata.Settings.Tests;

public sealed class SettingsFileTests
{
    private const string Whole = """
        # Everything that can be said.
        profile: offload
        model: claude-sonnet-4-5
        window: 200k
        strategy: hierarchical
        target: 20%
        threshold: 100k
        max_cost: 2.50
        max_wait: 3m
        retries: 1
        agent_id: damon
        pass_through_tokens: 0
        fan_out: 8
        piece_tokens: 3k
        levels:
          - level: 1
            models: [ollama/qwen2.5:7b, "ollama/llama3.2:3b"]
            max_tokens: 150
            timeout: 20s
            temperature: 0
          - level: 2
            models: ollama/qwen2.5:32b, anthropic/claude-haiku-4-5
            template: |
              Merge into at most {max_words} words of {language}.
              {sections}
            sections: ["## Done", "## Open"]
        providers:
          ollama: http://gpu:11434
          vllm: { base_url: "http://gpu:8000/v1" }
        """;

    [Fact]
    public void Parse_EverySetting_IsRead()
    {
        var settings = SettingsFile.Parse(Whole);

        settings.Profile.ShouldBe("offload");
        settings.Model.ShouldBe("claude-sonnet-4-5");
        settings.Window.ShouldBe(200_000);
        settings.Strategy.ShouldBe("hierarchical");
        settings.Target!.Value.Share.ShouldBe(.2m);
        settings.Threshold!.Value.Tokens.ShouldBe(100_000);
        settings.MaxCost.ShouldBe(2.5m);
        settings.MaxWait.ShouldBe(TimeSpan.FromMinutes(3));
        settings.AgentId.ShouldBe("damon");
        settings.ApplyTo(new CallOptions()).Retries.ShouldBe(1);
        var shape = settings.ToHierarchy();
        (shape.PassThroughTokens, shape.FanOut, shape.PieceTokens).ShouldBe((0, 8, 3_000));
        settings.WrittenLevels.ShouldBe([1, 2]);
        settings.Levels[1].Models.ShouldBe([new ModelReference("ollama", "qwen2.5:7b"), new ModelReference("ollama", "llama3.2:3b")]);
        (settings.Levels[1].MaxTokens, settings.Levels[1].Timeout,
            settings.Levels[1].Temperature).ShouldBe((150, TimeSpan.FromSeconds(20), 0f));
        settings.Levels[2].Models!.Count.ShouldBe(2);
        settings.Levels[2].Template!.RequiredSections.ShouldBe(["## Done", "## Open"]);
        settings.BaseUrls["vllm"].ShouldBe("http://gpu:8000/v1");
        settings.BaseUrls["OLLAMA"].ShouldBe("http://gpu:11434");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    public void Parse_Nothing_SetsNothing(string yaml) => SettingsFile.Parse(yaml).WrittenLevels.ShouldBeEmpty();

    [Theory]
    [InlineData("profil: offload\n", "x.yml, line 1, column 1: there is no setting 'profil'. Did you mean 'profile'? Known: ")]
    [InlineData("profile: ofload\n", "x.yml, line 1, column 10: profile ofload: there is no profile 'ofload'. Did you mean 'offload'?")]
    [InlineData("model: a\nmax_cost: -1\n", "x.yml, line 2, column 11: max_cost -1: give an amount in USD of 0 or more")]
    [InlineData("levels:\n  - models: ollama/a\n", "x.yml, line 2, column 5: 'level' is missing")]
    [InlineData("levels:\n  - level: 4\n", "x.yml, line 2, column 12: level: give a whole number from 1 to 3")]
    [InlineData("levels:\n  - {level: 1, model: ollama/a}\n", "there is no key of a level 'model'. Did you mean 'models'?")]
    [InlineData("levels:\n  - {level: 1}\n  - {level: 1}\n", "x.yml, line 3, column 5: level 1 stands here for the second time")]
    [InlineData("levels:\n  - level: 1\n    models: [small]\n", "x.yml, line 3, column 13: models: 'small' is not a model reference")]
    [InlineData("levels:\n  - level: 1\n    models: olama/a\n", "x.yml, line 3, column 13: models: There is no provider 'olama'")]
    [InlineData("levels:\n  - level: 1\n    template: Say {wat}\n", "x.yml, line 3, column 15: template: ")]
    [InlineData("levels:\n  - level: 1\n    sections: [a]\n", "they belong to a template of your own")]
    [InlineData("levels: ollama/a\n", "x.yml, line 1, column 9: levels: a list")]
    [InlineData("providers:\n  olama: http://a\n", "x.yml, line 2, column 3: there is no provider 'olama'. Did you mean 'ollama'?")]
    [InlineData("providers:\n  vllm:\n    base: http://a\n", "there is no setting of vllm 'base'")]
    [InlineData("providers:\n  vllm: http://ada:hunter2@gpu/v1\n", "set VLLM_API_KEY")]
    [InlineData("providers:\n  vllm:\n    api_key: sk-123\n",
        "x.yml, line 3, column 5: a file holds no keys; take 'api_key' out and set the environment variable VLLM_API_KEY")]
    [InlineData("api_key: sk-123\n", "ANTHROPIC_API_KEY, or that of the provider")]
    [InlineData("- a\n", "x.yml, line 1, column 1: keys with values are expected here")]
    [InlineData("model: [a, b]\n", "x.yml, line 1, column 8: model: one value is expected here")]
    [InlineData("a: 1\n---\nb: 2\n", "x.yml, line 3, column 1: a second document")]
    [InlineData("model: a\n  window: 3\n", "x.yml, line 2, column 9: this is not YAML: ")]
    [InlineData("model: a\nmodel: b\n", "x.yml, line 2, column 1: this is not YAML: ")]
    public void Parse_BadFile_NamesThePlaceAndTheWayOut(string yaml, string expected)
    {
        var failure = Should.Throw<SettingsException>(() => SettingsFile.Parse(yaml, "x.yml"));

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldNotContain("sk-123");
        failure.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("levels: &a [*a]\n", "x.yml, line 1, column 9: ")]
    [InlineData("model: *a\n", "x.yml, line 1, column 8: this is not YAML: ")]
    [InlineData("? [a]\n: b\n", "x.yml, line 1, column 3: ")]
    public void Parse_OddYaml_NamesThePlace(string yaml, string expected) =>
        Should.Throw<SettingsException>(() => SettingsFile.Parse(yaml, "x.yml")).Message.ShouldStartWith(expected);

    [Fact]
    public void Parse_NestedWithoutEnd_IsAnErrorAndNoCrash() =>
        Should.Throw<SettingsException>(() => SettingsFile.Parse("levels: " + new string('[', 100_000), "x.yml")).Message
            .ShouldEndWith("this is nested deeper than settings are.");

    [Fact]
    public void Over_EachSetting_TakesTheUpperOne()
    {
        var lower = SettingsFile.Parse(Whole);
        var upper = SettingsEnvironment.Read(name => name switch
        {
            "STRATA_L1" => "ollama/other",
            "STRATA_L2" => "none",
            "STRATA_MAX_COST" => "0",
            "STRATA_AGENT_ID" => " ",
            _ => null,
        });

        var both = upper.Over(lower);

        both.WrittenLevels.ShouldBe([1]);
        both.Levels[1].Models.ShouldBe([new ModelReference("ollama", "other")]);
        both.Levels[1].MaxTokens.ShouldBe(150);
        (both.MaxCost, both.AgentId, both.Profile).ShouldBe((0m, "damon", "offload"));
        both.BaseUrls.Count.ShouldBe(2);
    }

    [Fact]
    public void Read_BadVariable_IsNamed() =>
        Should.Throw<SettingsException>(() => SettingsEnvironment.Read(name => name == "STRATA_RETRIES" ? "many" : null))
        .Message.ShouldBe("STRATA_RETRIES=many: give a whole number from 0 to 10");
}
