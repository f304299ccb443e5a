namespace Strata.Planning;

/// <summary>Why a group may not be dropped.</summary>
public enum Pin
{
    None,

    /// <summary>Set by the user: stays word for word, or the answer is <see cref="CompactionPlan.CannotFit"/>.</summary>
    User,

    /// <summary>A system message.</summary>
    System,

    /// <summary>The client's own context: what it sends once (project instructions, the environment), or with the newest request.</summary>
    ClientContext,

    /// <summary>The first message of the user: the task.</summary>
    FirstTask,

    /// <summary>The newest message of the user.</summary>
    LatestUser,

    /// <summary>Calls whose results are still to come.</summary>
    OpenCalls,

    /// <summary>Results at the end of the conversation: what the assistant reads next, and without which it would call again.</summary>
    UnreadResults,

    /// <summary>A live summary: it may be taken up into its successor, not dropped.</summary>
    Summary,

    /// <summary>
    /// Something that only the vendor understands: its own summary, state of its server, tools that travel as an item, anything new.
    /// </summary>
    Opaque,

    /// <summary>What a summary of the vendor's server stands for. It costs nothing, and a summary in its place would not be read.</summary>
    Covered,

    /// <summary>
    /// The assistant's last words, which answer the newest message of the user: without them what was done would look as if it were still
    /// to be done.
    /// </summary>
    LatestAnswer,
}
