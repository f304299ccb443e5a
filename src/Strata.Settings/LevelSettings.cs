using Strata.Models;
using Strata.Ladder.Prompts;

namespace Strata.Settings;

/// <summary>What users set of one level. Null: not set here, the level's own default.</summary>
public sealed record LevelSettings
{
    /// <value>The first choice, then those to fall back to. Empty: no model writes at this level, whatever lower settings say.</value>
    public IReadOnlyList<ModelReference>? Models { get; init; }

    /// <value>The most tokens of one summary.</value>
    public int? MaxTokens { get; init; }

    /// <value>For one attempt.</value>
    public TimeSpan? Timeout { get; init; }

    /// <value>0 to 2.</value>
    public float? Temperature { get; init; }

    /// <value>What the model is told. A text of many lines: only files, configuration and code have it.</value>
    public SummaryTemplate? Template { get; init; }

    /// <summary>
    /// What one text can say of a level, in every place: <c>max_tokens</c>, <c>STRATA_L1_MAX_TOKENS</c>, <c>--l1-max-tokens</c>.
    /// </summary>
    internal static IReadOnlyList<LevelSetting> Rows { get; } =
    [
        new("models", (level, text) => level with { Models = SettingTexts.Models(text) }),
        new("max_tokens", (level, text) => level with { MaxTokens = SettingTexts.TokenCount(text) }),
        new("timeout", (level, text) => level with { Timeout = SettingTexts.Duration(text) }),
        new("temperature", (level, text) => level with { Temperature = SettingTexts.Temperature(text) }),
    ];

    internal LevelSettings Over(LevelSettings lower) => new()
    {
        Models = Models ?? lower.Models,
        MaxTokens = MaxTokens ?? lower.MaxTokens,
        Timeout = Timeout ?? lower.Timeout,
        Temperature = Temperature ?? lower.Temperature,
        Template = Template ?? lower.Template,
    };
}
