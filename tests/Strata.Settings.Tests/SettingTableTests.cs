using System.Collections;
using System.Reflection;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Chat;
using Strata.Conversations;
using Strata.Models;
using Strata.Planning;
using Strata.Planning.Hierarchy;

namespace Strata.Settings.Tests;

/// <summary>Every option of the library can be set in every place, or the table says why not.</summary>
public sealed class SettingTableTests
{
    private static readonly Type[] Groups =
    [
        typeof(CompactionOptions), typeof(BudgetOptions), typeof(AdaptiveThresholdOptions), typeof(StrategyOptions), typeof(TriggerOptions),
        typeof(HierarchyOptions),
        typeof(ConversationOptions), typeof(CallOptions), typeof(BreakerOptions),
    ];

    private static StrataSettings None => new();

    public static TheoryData<string> Names => [.. SettingTable.All.Select(setting => setting.Name)];

    [Fact]
    public void All_EveryOptionOfTheLibrary_HasARowOrAReason()
    {
        var changed = SettingTable.All.SelectMany(ChangedBy).ToHashSet(StringComparer.Ordinal);

        var options = Groups.SelectMany(group => group.GetProperties().Where(property => !Groups.Contains(property.PropertyType))
            .Select(property => $"{group.Name}.{property.Name}")).ToList();

        options.Where(option => !changed.Contains(option) && !SettingTable.CodeOnly.ContainsKey(option)).ShouldBeEmpty();
        SettingTable.CodeOnly.Keys.ShouldBeSubsetOf(options);
        SettingTable.CodeOnly.Keys.Where(changed.Contains).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_InEveryPlace_IsRead(string name)
    {
        var setting = SettingTable.Find(name)!;
        var expected = setting.Set(None, setting.Example, "test").Values[name];

        SettingsEnvironment.Read(variable => variable == setting.Variable ? setting.Example : null).Values[name].ShouldBe(expected);
        foreach (var (file, text) in new[] { ("a.yml", $"{name}: {setting.Example}"), ("a.toml", $"{name} = '{setting.Example}'"),
            ("a.json", $$"""{"{{name}}": "{{setting.Example}}"}""") })
        {
            if (setting.NotInFile is null)
                SettingsFile.Parse(text, file).Values[name].ShouldBe(expected);
            else
                Should.Throw<SettingsException>(() => SettingsFile.Parse(text, file)).Message.ShouldContain($"Set {setting.Variable}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_Set_IsNotTheDefault(string name)
    {
        var setting = SettingTable.Find(name)!;

        if (setting.Compaction is not null || setting.Chat is not null || setting.Calls is not null)
            ChangedBy(setting).ShouldNotBeEmpty();
    }

    [Fact]
    public void All_NamesInEachPlace_AreThereOnce()
    {
        SettingTable.All.Select(setting => setting.Name).ShouldBeUnique();
        SettingTable.All.Select(setting => setting.Variable).Concat(LevelText.All.Select(level => level.Variable)).ShouldBeUnique();
        SettingTable.All.Select(setting => setting.Option).Concat(LevelText.All.Select(level => level.Option)).ShouldBeUnique();
    }

    [Fact]
    public void LevelText_EverySettingOfALevel_IsReadFromTheEnvironment()
    {
        var settings = SettingsEnvironment.Read(name => name switch
        {
            "STRATA_L2" => "ollama/a",
            "STRATA_L2_MAX_TOKENS" => "300",
            "STRATA_L2_TIMEOUT" => "9s",
            "STRATA_L2_TEMPERATURE" => "0.7",
            _ => null,
        });

        var level = settings.Levels[2];
        (level.Models!.Single().ToString(), level.MaxTokens, level.Timeout,
            level.Temperature).ShouldBe(("ollama/a", 300, TimeSpan.FromSeconds(9), .7f));
    }

    [Fact]
    public void Settings_OfEveryRow_WorkTogether()
    {
        var yaml = string.Join(
            '\n', SettingTable.All.Where(setting => setting.NotInFile is null && setting.Name is not ("target" or "threshold"))
                .Select(setting => $"{setting.Name}: {setting.Example}"));

        var options = SettingsFile.Parse(yaml).ToCompactionOptions();

        new Compactor(options).Budget.Window.ShouldBe(200_000);
        (options.StrategyOptions.PreserveLast, options.SummaryRole, options.Budget.SafetyMargin).ShouldBe((8, ChatRole.System, .05));
        (options.AdaptiveThreshold.IsEnabled, options.AdaptiveThreshold.CacheLifetime).ShouldBe((true, TimeSpan.FromHours(1)));
    }

    // The options that differ from the default once the example is set.
    private static List<string> ChangedBy(Setting setting)
    {
        var settings = setting.Set(None, setting.Example, "test");
        return
        [
            .. Differences(None.ToCompactionOptions(), settings.ToCompactionOptions()),
            .. Differences(None.ApplyTo(new ConversationOptions()), settings.ApplyTo(new ConversationOptions())),
            .. Differences(None.ApplyTo(new CallOptions()), settings.ApplyTo(new CallOptions())),
        ];
    }

    private static IEnumerable<string> Differences(object before, object after)
    {
        foreach (var property in before.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (one, other) = (property.GetValue(before), property.GetValue(after));
            if (Groups.Contains(property.PropertyType))
            {
                foreach (var inner in Differences(one!, other!))
                    yield return inner;
            }
            else if (!Equals(one, other)
                && (property.PropertyType == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(property.PropertyType)))
            {
                yield return $"{before.GetType().Name}.{property.Name}";
            }
        }
    }
}
