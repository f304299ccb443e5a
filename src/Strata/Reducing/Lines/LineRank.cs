namespace Strata.Reducing.Lines;

/// <summary>How much a line is wanted: the lower ranks stay longest when room is short.</summary>
internal enum LineRank : byte
{
    LeftOut,

    /// <summary>A failure, a verdict, a total, something the call asked for.</summary>
    Verdict,

    /// <summary>What explains a verdict: the stack or the source below it, an outlier, a warning.</summary>
    Detail,

    /// <summary>A line that has no like.</summary>
    Single,

    /// <summary>One line for many like it, and the first and the last ones.</summary>
    Sample,
}
