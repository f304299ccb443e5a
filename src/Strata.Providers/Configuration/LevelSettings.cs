using Strata.Models;
using Strata.Ladder.Prompts;

namespace Strata.Providers.Configuration;

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

    /// <value>What the model is told.</value>
    public SummaryTemplate? Template { get; init; }

    internal LevelSettings Over(LevelSettings lower) => new()
    {
        Models = Models ?? lower.Models,
        MaxTokens = MaxTokens ?? lower.MaxTokens,
        Timeout = Timeout ?? lower.Timeout,
        Temperature = Temperature ?? lower.Temperature,
        Template = Template ?? lower.Template,
    };
}
