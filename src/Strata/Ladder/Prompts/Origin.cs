namespace Strata.Ladder.Prompts;

/// <summary>Where the words of a sentence are found in the source.</summary>
[Flags]
internal enum Origin
{
    None = 0,
    User = 1,
    Tool = 2,
    Software = 4,
    Summary = 8,

    /// <summary>The assistant's words and calls.</summary>
    Assistant = 16,

    /// <summary>In a sentence there that speaks to whoever reads it.</summary>
    Override = 32,

    /// <summary>Nearly all of it.</summary>
    Verbatim = 64,
}
