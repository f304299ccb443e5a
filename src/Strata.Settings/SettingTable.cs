using Strata.Settings.Rows;

namespace Strata.Settings;

/// <summary>
/// Every setting of one value. A new option of the library is a row here: files, environment, configuration sections and the command line
/// have it from
/// this table, and the table of docs/configuration.md is compared with it.
/// </summary>
public static class SettingTable
{
    private static readonly Dictionary<string, Setting> ByName;

    static SettingTable()
    {
        All = [.. CompactionRows.All, .. StrategyRows.All, .. CallRows.All, .. HostRows.All];
        ByName = All.ToDictionary(setting => setting.Name, StringComparer.Ordinal);
    }

    public static IReadOnlyList<Setting> All { get; }

    /// <summary>Options that no text can say, each with the reason. A test holds that every other option has a row.</summary>
    internal static IReadOnlyDictionary<string, string> CodeOnly { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CompactionOptions.Counter"] = "an object of the program; the model gives the tokenizer",
        ["CompactionOptions.Calibrator"] = "an object of the program",
        ["CompactionOptions.Catalogue"] = "an object of the program; the command line reads a file of models with --models",
        ["TriggerOptions.When"] = "a function of the program",
        ["HierarchyOptions.Levels"] = "follows from 'levels'",
        ["HierarchyOptions.Grows"] = "a compactor sets it by the kind of the compaction",
        ["ConversationOptions.SessionId"] = "a function of the program",
        ["ConversationOptions.OnFailed"] = "a function of the program",
        ["ConversationOptions.IsPinned"] = "a function of the program",
        ["ConversationOptions.OnNotice"] = "a function of the program",
        ["CallOptions.ProviderLimits"] = "providers bring their own; max_parallel_per_provider bounds all",
        ["CallOptions.Counter"] = "an object of the program",
        ["CallOptions.Translate"] = "a function of the program",
    };

    /// <summary>The setting of this name, as <see cref="Setting.Name"/> says it; null when there is none.</summary>
    public static Setting? Find(string name) => ByName.GetValueOrDefault(name);
}
