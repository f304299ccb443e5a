namespace Strata.Settings.Tests;

public sealed class BlockTests
{
    [Fact]
    public void Parse_ChatBlockOfSeed1_IsTheSmartProfileWithTheModel()
    {
        var options = SettingsFile.Parse(
            """
            [chat]
            model = "gpt-4-turbo"
            # Compaction is automatic based on model's context window
            """, "config.toml").ToCompactionOptions();

        (options.Model, options.Strategy).ShouldBe(("gpt-4-turbo", "summary"));
        new Compactor(options).Budget.ShouldSatisfyAllConditions(
            budget => budget.Window.ShouldBe(128_000),
            budget => budget.Available.ShouldBe(115_200),
            budget => budget.Threshold.ShouldBe(80_640));
    }

    [Fact]
    public void Parse_ChatBlockWithAllFields_SetsEachOfThem()
    {
        var settings = SettingsFile.Parse(
            """
            [chat]
            strategy = "sliding_window"
            threshold_ratio = 0.8
            target_ratio = 0.4
            preserve_last = 8
            preserve_tool_results = false
            max_tool_results = 4
            min_tokens_to_compact = 2_000
            safety_margin = 0.2
            """, "config.toml");

        var options = settings.ToCompactionOptions();
        (options.Strategy, options.MinTokensToCompact, options.Budget.ThresholdRatio, options.Budget.TargetRatio,
            options.Budget.SafetyMargin)
            .ShouldBe(("sliding-window", 2_000, .8, .4, .2));
        (options.StrategyOptions.PreserveLast, options.StrategyOptions.PreserveToolResults,
            options.StrategyOptions.MaxToolResults).ShouldBe((8, false, 4));
        (settings.Target, settings.Threshold).ShouldBe((null, null));
    }

    [Fact]
    public void Parse_CompactionBlockOfSeed3_IsThePluginProfile()
    {
        var settings = SettingsFile.Parse(
            """
            # cobot.yml
            compaction:
              max_tokens: 16000          # Total budget
              target_recent: 5000        # Recent messages budget
              summary_model: "gpt-4o-mini"  # Model for summarization
            """, "cobot.yml");

        var options = settings.ToCompactionOptions();
        (options.Window, options.Strategy, options.StrategyOptions.RecentTokens,
            options.Counter is null).ShouldBe((16_000, "hybrid", 5_000, false));
        settings.WrittenLevels.ShouldBe([3]);
        settings.Levels[3].Models!.Single().ToString().ShouldBe("openai/gpt-4o-mini");
    }

    [Fact]
    public void Parse_ContextPruningOfSeed4_IsTheOperationsProfile()
    {
        var settings = SettingsFile.Parse(
            """
            {
              "agents": {
                "list": [
                  {
                    "id": "main",
                    "contextPruning": {
                      "mode": "aggressive",
                      "maxMessages": 30,    // Keep only 30 most recent
                      "compactAfter": 12    // Compact after 12 exchanges
                    }
                  }
                ]
              }
            }
            """, "openclaw.json");

        var options = settings.ToCompactionOptions();
        (options.Strategy, options.StrategyOptions.PruneMaxMessages, options.StrategyOptions.PruneAfterTurns,
            settings.AgentId).ShouldBe(("prune", 30, 12, "main"));
        settings.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_OtherSectionsOfTheProgram_AreLeftToItAndNamed()
    {
        var settings = SettingsFile.Parse("telegram:\n  chat_id: 7\ncompaction:\n  max_tokens: 9000\nplugins: [logger]\n", "cobot.yml");

        settings.Window.ShouldBe(9_000);
        settings.Notes.ShouldBe(["Left to the program whose file this is: telegram, plugins."]);
    }

    [Fact]
    public void Parse_KeyBesideTheBlock_WinsOverIt() =>
        SettingsFile.Parse("window: 20k\ncompaction:\n  max_tokens: 9000\nprofile: tiered\n", "cobot.yml").ShouldSatisfyAllConditions(
            settings => settings.Window.ShouldBe(20_000),
            settings => settings.Profile.ShouldBe("tiered"));

    [Theory]
    [InlineData("a.toml", "[chat]\nmodle = 'x'\n", "a.toml, line 2, column 1: there is no key of 'chat' 'modle'. Did you mean 'model'?")]
    [InlineData(
        "a.toml", "[chat]\npreserve_last = 'many'\n", "a.toml, line 2, column 17: preserve_last many: give a whole number of 0 or more")]
    [InlineData("a.toml", "[chat]\napi_key = 'sk-123'\n", "a.toml, line 2, column 1: a file holds no keys")]
    [InlineData("a.toml", "chat = 5\n", "a.toml, line 1, column 8: chat: keys with values are expected here")]
    [InlineData("a.toml", "[chat\n", "this is not TOML: ")]
    [InlineData("a.toml", "model = 'a'\nmodel = 'b'\n", "this is not TOML: ")]
    [InlineData("a.yml", "compaction:\n  max_token: 5\n",
        "a.yml, line 2, column 3: there is no key of 'compaction' 'max_token'. Did you mean 'max_tokens'?")]
    [InlineData("a.yml", "compaction:\n  summary_model: my-own-model\n",
        "a.yml, line 2, column 18: summary_model my-own-model: it is not known whose model this is; write PROVIDER/my-own-model")]
    [InlineData(
        "a.yml", "compation:\n  max_tokens: 5\n", "a.yml, line 1, column 1: there is no setting 'compation'. Did you mean 'compaction'?")]
    [InlineData("a.yml", "chat: {model: a}\ncompation:\n  max_tokens: 5\n",
        "a.yml, line 2, column 1: there is no setting 'compation'. Did you mean 'compaction'?")]
    [InlineData("a.yml", "chat: {model: a}\ncompaction: {max_tokens: 9k}\n", "a.yml, line 2, column 1: 'compaction' is the second block")]
    [InlineData("a.yml", "telegram:\n  a: 5\n", "a.yml, line 1, column 1: there is no setting 'telegram'.")]
    [InlineData(
        "a.json", "{\"contextPruning\": {\"mode\": \"adaptive\"}}", "a.json, line 1, column 29: mode adaptive: only 'aggressive' is known")]
    [InlineData("a.json", "{\n  \"contextPruning\": {\"maxMesages\": 5}\n}",
        "a.json, line 2, column 22: there is no key of 'contextPruning' 'maxMesages'. Did you mean 'maxMessages'?")]
    [InlineData("a.json", "{\"agents\": {\"list\": [{\"contextPrunning\": {}}]}}",
        "there is no key of an agent 'contextPrunning'. Did you mean 'contextPruning'?")]
    [InlineData(
        "a.json", "{\"agents\": {\"list\": [{\"id\": \"a\"}]}}", "a.json, line 1, column 2: no agent in 'list' has 'contextPruning'")]
    [InlineData(
        "a.json", "{\"model\": \"a\",\n \"model\": \"b\"}", "a.json, line 2, column 2: the key 'model' stands here for the second time")]
    [InlineData("a.json", "{\"model\": \n}", "a.json, line 2, column 1: this is not JSON: ")]
    [InlineData("a.json", "{\"model\": \"a\"} x", "this is not JSON: ")]
    public void Parse_BadFileOfAnotherProgram_NamesThePlaceAndTheWayOut(string name, string text, string expected)
    {
        var message = Should.Throw<SettingsException>(() => SettingsFile.Parse(text, name)).Message;

        message.ShouldContain(expected);
        message.ShouldNotContain("sk-123");
    }

    [Theory]
    [InlineData("a.toml", "levels = ")]
    [InlineData("a.json", "{\"levels\": ")]
    public void Parse_NestedWithoutEnd_IsAnErrorAndNoCrash(string name, string start) =>
        Should.Throw<SettingsException>(() => SettingsFile.Parse(start + new string('[', 100_000), name)).Message
            .ShouldContain(name + ", line 1");

    [Fact]
    public void Parse_SameSettingsInEachSyntax_AreTheSame()
    {
        var yaml = SettingsFile.Parse("target: 20%\nlevels:\n  - {level: 1, models: [ollama/a, ollama/b], timeout: 9s}\nproviders:\n  "
            + "vllm: {base_url: 'http://gpu:8000/v1'}\n");
        var toml = SettingsFile.Parse("target = '20%'\nproviders.vllm.base_url = 'http://gpu:8000/v1'\n[[levels]]\nlevel = 1\nmodels = "
            + "['ollama/a', 'ollama/b']\ntimeout = '9s'\n", "a.toml");
        var json =
            SettingsFile.Parse("""{"target": "20%", "levels": [{"level": 1, "models": ["ollama/a", "ollama/b"], "timeout": "9s",}],"""
            + """ "providers": {"vllm": "http://gpu:8000/v1"}}""", "a.json");

        foreach (var other in new[] { toml, json })
        {
            other.Target.ShouldBe(yaml.Target);
            other.Levels[1].Models.ShouldBe(yaml.Levels[1].Models);
            other.Levels[1].Timeout.ShouldBe(TimeSpan.FromSeconds(9));
            other.BaseUrls.ShouldBe(yaml.BaseUrls);
        }
    }

    [Fact]
    public void Parse_SeveralFaults_AreToldAtOnce() =>
        Should.Throw<SettingsException>(() => SettingsFile.Parse("modl: a\nwindow: 0\n", "x.yml")).Message.Split('\n').Length.ShouldBe(2);
}
