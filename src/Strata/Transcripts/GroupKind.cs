namespace Strata.Transcripts;

/// <summary>What a <see cref="MessageGroup"/> is.</summary>
public enum GroupKind
{
    /// <summary>A system or developer message.</summary>
    System,

    /// <summary>A user message.</summary>
    User,

    /// <summary>Assistant text without tool calls, with the reasoning that led to it.</summary>
    Assistant,

    /// <summary>Assistant messages with tool calls, their reasoning, and all results of these calls.</summary>
    ToolCall,

    /// <summary>Tool results whose call is nowhere before them: no vendor accepts them.</summary>
    OrphanResult,

    /// <summary>A summary that an earlier compaction put in place of messages.</summary>
    Summary,
}
