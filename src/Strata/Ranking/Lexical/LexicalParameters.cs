namespace Strata.Ranking.Lexical;

/// <summary>The numbers of the ranking, measured together in docs/ranking.md. Flat around their values: each may be halved or doubled for a loss of half a point.</summary>
internal sealed record LexicalParameters
{
    public static LexicalParameters Default { get; } = new();

    /// <value>How soon more of the same word stops to count.</value>
    public float Saturation { get; init; } = 1.2f;

    /// <value>How much a long document must say more: 0 not at all, 1 in proportion.</value>
    public float LengthShare { get; init; } = .6f;

    /// <value>How often a word of the title counts on top.</value>
    public int TitleWords { get; init; } = 1;

    /// <value>What neighbours of the query add when they stand close in the document, as a share of the rarer one's weight.</value>
    public float Proximity { get; init; } = .3f;

    /// <value>Documents taken for relevant in each round.</value>
    public int Feedback { get; init; } = 20;

    /// <value>What being like them weighs; the rest is what was known before.</value>
    public float FeedbackShare { get; init; } = .7f;

    /// <value>Rounds in which the documents that were asked for learn from each other. One more goes before over the whole index; 0 rounds: none at all.</value>
    public int Rounds { get; init; } = 2;

    /// <value>Off: words are only folded to lower case.</value>
    public bool Stems { get; init; } = true;
}
