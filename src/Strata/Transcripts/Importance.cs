namespace Strata.Transcripts;

/// <summary>How much a group matters to what comes later, least first. The rules are in <see cref="ImportanceRules"/>.</summary>
public enum Importance
{
    /// <summary>Greetings, thanks, acknowledgements, and the short question-and-answer exchanges around them.</summary>
    Trivial,

    /// <summary>Ordinary work: reading, searching, editing, explaining.</summary>
    Work,

    /// <summary>Something failed: a tool result with an error, or a report of one.</summary>
    Error,

    /// <summary>A choice was made or approved, or a reason for one was given.</summary>
    Decision,

    /// <summary>The user said what to do or how to do it.</summary>
    Instruction,
}
