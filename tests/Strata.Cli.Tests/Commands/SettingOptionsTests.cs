using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Commands;
using Strata.Settings;

namespace Strata.Cli.Tests.Commands;

/// <summary>The table of settings on the command line, and the files that hold settings.</summary>
public sealed class SettingOptionsTests
{
    public static TheoryData<string> Commands => [.. CommandLine.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void List_OfACommand_LooksLikeTheCommand(string name)
    {
        using var terminal = new Terminal(() => Stream.Null, Stream.Null, TextWriter.Null);
        var entry = CommandLine.All.Single(entry => entry.Name == name);

        var (listed, whole) = (entry.List(), entry.Create(terminal));

        (listed.Name, listed.Description).ShouldBe((whole.Name, whole.Description));
        listed.Arguments.Select(argument => argument.Name).ShouldBe(whole.Arguments.Select(argument => argument.HelpName ?? argument.Name));
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("plan")]
    [InlineData("mcp")]
    public void Options_OfACommandThatCompacts_AreThoseOfTheTable(string name)
    {
        using var terminal = new Terminal(() => Stream.Null, Stream.Null, TextWriter.Null);
        var options = CommandLine.All.Single(entry => entry.Name == name).Create(terminal).Options.Select(option => option.Name).ToList();

        var expected = SettingTable.All.Where(setting => setting.NotOnCommandLine is null && (setting.Name != "archive" || name != "plan"))
            .Select(setting => setting.Option).Concat(LevelText.All.Select(level => level.Option));

        expected.Except(options).ShouldBeEmpty();
        options.ShouldBeUnique();
    }

    [Fact]
    public async Task Plan_SettingThatHelpDoesNotShow_IsUsed()
    {
        using var cli = new Support.Cli();
        var session = cli.Session(30);

        (await PlanAsync(cli, session, "--safety-margin", "50%"))["threshold"]!.GetValue<int>()
            .ShouldBeLessThan((await PlanAsync(cli, session))["threshold"]!.GetValue<int>());
        (await PlanAsync(cli, session, "--strategy", "prune", "--prune-max-messages", "4", "--prune-after-turns", "1", "--target",
            "10%"))["after"]!.GetValue<int>()
            .ShouldNotBe((await PlanAsync(cli, session, "--strategy", "prune", "--target", "10%"))["after"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("--preserve-last", "many", "--preserve-last many: give a whole number of 0 or more")]
    [InlineData("--l2-max-tokens", "0", "--l2-max-tokens 0: ")]
    [InlineData("--adaptive-settling", "soon", "--adaptive-settling soon: give a time")]
    [InlineData("--background-share", "50%", "--background-share")]
    public async Task Plan_BadSetting_IsBadUsageAndNamed(string option, string value, string expected)
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("plan", cli.Session(), option, value)).ShouldExitWith(2).Error.ShouldContain(expected);
    }

    [Theory]
    [InlineData(
        "config.toml", "[chat]\nmodel = \"gpt-4-turbo\"\n# Compaction is automatic based on model's context window\n", "summary", 80_640)]
    [InlineData(
        "cobot.yml", "compaction:\n  max_tokens: 12000          # Total budget\n  target_recent: 4000        # Recent messages budget\n",
        "hybrid", 12_000)]
    [InlineData(
        "openclaw.json",
        "{\"agents\": {\"list\": [{\"id\": \"main\", \"contextPruning\": {\"mode\": \"aggressive\",\n\"maxMessages\": 20, // Keep only 20 "
            + "most recent\n\"compactAfter\": 10}}]}}",
        "prune", 120_000)]
    public async Task Plan_FileOfAnotherProgram_IsReadAsItStands(string name, string text, string strategy, int threshold)
    {
        using var cli = new Support.Cli();

        var plan = await PlanAsync(cli, cli.Session(), "--config", cli.Write(name, text));

        (plan["strategy"]!.GetValue<string>(), plan["threshold"]!.GetValue<int>()).ShouldBe((strategy, threshold));
    }

    [Fact]
    public async Task Plan_SettingsOfAChatClient_AreSaidToHaveNoEffect()
    {
        using var cli = new Support.Cli { Variables = { ["STRATA_TENANT"] = "blue" } };
        cli.Write("strata.yml", "background_share: 80%\n");

        (await cli.RunAsync("plan", cli.Session())).ShouldExitWith(0)
            .Error.ReplaceLineEndings(" ").ShouldContain("Of no effect on the command line: background_share, tenant.");
    }

    private static async Task<JsonNode> PlanAsync(Support.Cli cli, string session, params string[] options)
    {
        var result = (await cli.RunAsync(["plan", session, "--json", .. options])).ShouldExitWith(0);
        return JsonNode.Parse(result.Output)!;
    }
}
