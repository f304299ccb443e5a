using Strata.Planning;

namespace Strata.Providers.Configuration;

/// <summary>A setting of one value: its key in a file, <c>STRATA_</c> and the key in capitals in the environment.</summary>
/// <param name="Name">In snake case.</param>
/// <param name="Set">Sets it from its text; a <see cref="FormatException"/> says what is allowed.</param>
internal sealed record SettingKey(string Name, Func<StrataSettings, string, StrataSettings> Set)
{
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new("profile", (settings, text) => settings with { Profile = SettingTexts.Known(text, "profile", [.. CompactionProfiles.All.Keys]) }),
        new("model", (settings, text) => settings with { Model = text.Trim() }),
        new("window", (settings, text) => settings with { Window = SettingTexts.Tokens(text) }),
        new("strategy", (settings, text) => settings with { Strategy = SettingTexts.Known(text, "strategy", [.. CompactionStrategies.All.Select(strategy => strategy.Name)]) }),
        new("target", (settings, text) => settings with { Target = SettingTexts.Amount(text) }),
        new("threshold", (settings, text) => settings with { Threshold = SettingTexts.Amount(text) }),
        new("max_cost", (settings, text) => settings with { MaxCost = SettingTexts.Dollars(text) }),
        new("max_wait", (settings, text) => settings with { MaxWait = SettingTexts.Duration(text) }),
        new("retries", (settings, text) => settings with { Retries = SettingTexts.Whole(text, 0, 10) }),
        new("agent_id", (settings, text) => settings with { AgentId = text.Trim() }),
        new("pass_through_tokens", (settings, text) => settings with { PassThroughTokens = SettingTexts.Whole(text, 0, int.MaxValue) }),
        new("fan_out", (settings, text) => settings with { FanOut = SettingTexts.Whole(text, 2, 1_000) }),
        new("piece_tokens", (settings, text) => settings with { PieceTokens = SettingTexts.Tokens(text) }),
    ];

    public string Variable => "STRATA_" + Name.ToUpperInvariant();

    /// <summary>Sets it, or says where it stands and what is wrong with it.</summary>
    /// <exception cref="SettingsException">The text is not allowed.</exception>
    public static StrataSettings Apply(StrataSettings settings, string where, string text, Func<StrataSettings, string, StrataSettings> set)
    {
        try
        {
            return set(settings, text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new SettingsException($"{where}: {e.Message}", e);
        }
    }
}
