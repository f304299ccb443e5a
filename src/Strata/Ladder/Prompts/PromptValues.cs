namespace Strata.Ladder.Prompts;

/// <summary>What the placeholders of a template stand for.</summary>
internal sealed record PromptValues
{
    /// <value>A BCP 47 tag; "und" for a text in no language that could be told.</value>
    public required string Language { get; init; }

    /// <value>The most tokens of the summary.</value>
    public required int MaxTokens { get; init; }

    /// <value>What the source is: "one turn", "10 summaries of turns".</value>
    public required string What { get; init; }

    /// <value>What the user is at now; null where it does not matter. A prompt with it is another prompt.</value>
    public string? Task { get; init; }

    /// <summary>Models count words better than tokens; a tenth is left as margin.</summary>
    public int MaxWords => Math.Max((int)(MaxTokens * LanguageNames.WordsPerToken(Language) * .9) / 5 * 5, 10);
}
