namespace Strata.Ranking.Lexical;

/// <summary>
/// The numbers of the ranking, measured together in docs/ranking.md. Flat around their values: each may be halved or doubled for a loss of
/// half a point.
/// </summary>
internal sealed record LexicalParameters
{
    public static LexicalParameters Default { get; } = new();

    /// <value>How soon more of the same word stops to count.</value>
    public float Saturation { get; init; } = 1.2f;

    /// <value>How much a long document must say more: 0 not at all, 1 in proportion.</value>
    public float LengthShare { get; init; } = .4f;

    /// <value>How often a word of the title counts on top.</value>
    public int TitleWords { get; init; } = 1;

    /// <value>What neighbours of the query add when they stand close in the document, as a share of the commoner one's weight.</value>
    public float Proximity { get; init; } = .3f;

    /// <value>Documents taken for relevant; 0: no feedback.</value>
    public int Feedback { get; init; } = 30;

    /// <value>What being like those of the whole index weighs; the rest is the words of the query.</value>
    public float FirstShare { get; init; } = .4f;

    /// <value>What being like those of a pool weighs; the rest is what was known before.</value>
    public float PoolShare { get; init; } = .7f;

    /// <value>How often the documents of a pool learn from each other.</value>
    public int PoolRounds { get; init; } = 2;

    /// <value>
    /// More documents are no pool: those taken for relevant would be too few of them, and the best would drift from what was asked.
    /// </value>
    public int LargestPool { get; init; } = 300;

    /// <value>Off: words are only folded to lower case.</value>
    public bool Stems { get; init; } = true;
}
