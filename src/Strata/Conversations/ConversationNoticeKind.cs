namespace Strata.Conversations;

/// <summary>What a <see cref="ConversationNotice"/> is about.</summary>
public enum ConversationNoticeKind
{
    /// <summary>The catalogue does not have the model: its window is that of its family, or the usual one.</summary>
    UnknownModel,

    /// <summary>
    /// Function invocation is inside of compaction: the steps of a tool loop do not pass through it, and it cannot keep them inside the
    /// window.
    /// </summary>
    FunctionInvocationInside,

    /// <summary>The server takes less input than it is sent and does not say so: reports stay the same while requests grow.</summary>
    InputCut,

    /// <summary>A conversation is larger than the window allows, and nothing in it can be made smaller.</summary>
    CannotFit,
}
