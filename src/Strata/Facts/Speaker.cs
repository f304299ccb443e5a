namespace Strata.Facts;

/// <summary>Whose text an identifier or a sentence stands in. A summary never lends one speaker's voice to another.</summary>
internal enum Speaker
{
    User,
    Assistant,

    /// <summary>Short arguments of a tool call: the assistant's, but not prose.</summary>
    Call,

    /// <summary>What a tool call puts into a file: the assistant's as well.</summary>
    Written,
    Tool,

    /// <summary>A summary that another agent wrote.</summary>
    EarlierSummary,
}
