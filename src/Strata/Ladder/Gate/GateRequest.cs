using Strata.Text;
using Strata.Tokens;

namespace Strata.Ladder.Gate;

/// <summary>What an answer is held against.</summary>
internal sealed record GateRequest
{
    /// <summary>
    /// What the model was given to summarize, in order; the texts of the groups themselves do as well. Empty: nothing is held against them.
    /// </summary>
    public required IReadOnlyList<string> SourceTexts { get; init; }

    public required MustKeep MustKeep { get; init; }

    /// <summary>A tag as <see cref="ConversationLanguage"/> gives it; "und" lets any language pass.</summary>
    public required string Language { get; init; }

    /// <summary>The most tokens the summary should have; a tenth more is forgiven.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Tokens of what is summarized: a summary is never larger.</summary>
    public required int InputTokens { get; init; }

    public required ITokenCounter Counter { get; init; }

    /// <summary>Headings that must stand in the answer. None by default.</summary>
    public IReadOnlyList<string> RequiredSections { get; init; } = [];

    /// <summary>What the model was told to do: an answer that repeats it is none. Empty: not known.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>1 per turn, 2 per ten turns, 3 whole.</summary>
    public int Level { get; init; } = 1;
}
