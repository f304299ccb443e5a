namespace Strata.Tokens.Bpe;

/// <summary>A split pattern: how its alternatives differ on ASCII, and its exact form for everything else.</summary>
internal sealed unsafe class SplitRules(
    delegate*<byte*, int, int, int> next, bool caseEndsWord, bool contractionsEndWord, bool slashAfterLineBreak)
{
    public static readonly SplitRules O200k =
        new(&O200kPattern.Next, caseEndsWord: true, contractionsEndWord: true, slashAfterLineBreak: true);

    public static readonly SplitRules Cl100k =
        new(&Cl100kPattern.Next, caseEndsWord: false, contractionsEndWord: false, slashAfterLineBreak: false);

    /// <summary>
    /// The end of the piece that starts at the first position, by the letter of the pattern; the text ends at the second. The text is
    /// valid UTF-8.
    /// </summary>
    public delegate*<byte*, int, int, int> Next { get; } = next;

    /// <summary>An upper-case letter after a lower-case one starts a piece.</summary>
    public bool CaseEndsWord { get; } = caseEndsWord;

    /// <summary>A contraction belongs to the word before it; otherwise it is a piece.</summary>
    public bool ContractionsEndWord { get; } = contractionsEndWord;

    /// <summary>Slashes after the line breaks that follow a symbol belong to the symbol's piece.</summary>
    public bool SlashAfterLineBreak { get; } = slashAfterLineBreak;
}
