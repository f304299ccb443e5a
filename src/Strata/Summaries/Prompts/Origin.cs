namespace Strata.Summaries.Prompts;

/// <summary>Where the words of a sentence are found in the source.</summary>
[Flags]
internal enum Origin
{
    None = 0,
    User = 1,
    Tool = 2,
    Software = 4,
    Summary = 8,

    /// <summary>In a sentence there that orders somebody about.</summary>
    Order = 16,

    /// <summary>In somebody's mouth already: behind a mark of where it came from.</summary>
    Attributed = 32,
}
