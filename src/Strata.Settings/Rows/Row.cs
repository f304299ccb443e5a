using Strata.Calls;
using Strata.Chat;
using Strata.Conversations;
using Strata.Models;
using Strata.Planning;
using Strata.Planning.Hierarchy;

namespace Strata.Settings.Rows;

/// <summary>Makes rows of the table: how a text is read, and which option it changes.</summary>
internal static class Row
{
    private static readonly Dictionary<Type, string> ValueNames = new()
    {
        [typeof(int)] = "N",
        [typeof(double)] = "R%",
        [typeof(TokenAmount)] = "N|R%",
        [typeof(TimeSpan)] = "TIME",
        [typeof(decimal)] = "USD",
        [typeof(bool)] = "true|false",
    };

    private const string NotAChat = "the command line compacts files and is no chat client";

    public static Setting Of<T>(string name, string meaning, string usual, string example, Func<string, T> read)
        where T : notnull => Make(name, meaning, usual, example, read);

    public static Setting Compaction<T>(
        string name, string meaning, string usual, string example, Func<string, T> read, Func<CompactionOptions, T, CompactionOptions> set)
        where T : notnull =>
        Make(name, meaning, usual, example, read) with { Compaction = (options, value) => set(options, (T)value) };

    public static Setting Budget<T>(
        string name, string meaning, string usual, string example, Func<string, T> read, Func<BudgetOptions, T, BudgetOptions> set)
        where T : notnull =>
        Compaction(name, meaning, usual, example, read, (options, value) => options with { Budget = set(options.Budget, value) });

    public static Setting Adaptive<T>(
        string name, string meaning, string usual, string example, Func<string, T> read,
            Func<AdaptiveThresholdOptions, T, AdaptiveThresholdOptions> set)
        where T : notnull =>
        Compaction(name, meaning, usual, example, read,
        (options, value) => options with { AdaptiveThreshold = set(options.AdaptiveThreshold, value) });

    public static Setting Trigger<T>(
        string name, string meaning, string usual, string example, Func<string, T> read, Func<TriggerOptions, T, TriggerOptions> set)
        where T : notnull =>
        Compaction(name, meaning, usual, example, read, (options, value) => options with { Triggers = set(options.Triggers, value) });

    public static Setting Strategy<T>(
        string name, string meaning, string usual, string example, Func<string, T> read, Func<StrategyOptions, T, StrategyOptions> set)
        where T : notnull =>
        Compaction(name, meaning, usual, example, read,
        (options, value) => options with { StrategyOptions = set(options.StrategyOptions, value) });

    public static Setting Hierarchy<T>(
        string name, string meaning, string usual, string example, Func<string, T> read, Func<HierarchyOptions, T, HierarchyOptions> set)
        where T : notnull =>
        Strategy(name, meaning, usual, example, read, (options, value) => options with { Hierarchy = set(options.Hierarchy, value) });

    public static Setting Call<T>(
        string name, string meaning, string usual, string example, Func<string, T> read, Func<CallOptions, T, CallOptions> set)
        where T : notnull =>
        Make(name, meaning, usual, example, read) with { Calls = (options, value) => set(options, (T)value) };

    public static Setting Chat<T>(
        string name, string meaning, string usual, string example, Func<string, T> read,
            Func<ConversationOptions, T, ConversationOptions> set)
        where T : notnull =>
        Make(name, meaning, usual, example, read) with { Chat = (options, value) => set(options, (T)value), NotOnCommandLine = NotAChat };

    private static Setting Make<T>(string name, string meaning, string usual, string example, Func<string, T> read)
        where T : notnull =>
        new(name, meaning, usual, example, text => read(text))
            { ValueName = ValueNames.GetValueOrDefault(typeof(T)) ?? name.ToUpperInvariant() };
}
