namespace Strata.Text.Languages;

/// <summary>Where a cue has to stand.</summary>
internal enum CuePlace
{
    Anywhere,

    /// <summary>Opens the sentence; words of the section <c>openers</c> may stand before it.</summary>
    Sentence,

    /// <summary>Opens the sentence or one of its clauses.</summary>
    Clause,
}
