namespace Strata.Text.Languages;

/// <summary>What a word does in a sentence of its language; none where it carries matter.</summary>
[Flags]
internal enum WordSorts
{
    None = 0,
    Article = 1,
    Copula = 2,
    Function = 4,
}
