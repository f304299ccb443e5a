namespace Strata.Ladder.Prompts;

/// <summary>Who speaks in a part of what a summarizer reads.</summary>
internal enum SourceVoice
{
    /// <summary>The user's own words.</summary>
    User,

    /// <summary>What the assistant said.</summary>
    Assistant,

    /// <summary>A call of a tool by the assistant.</summary>
    ToolCall,

    /// <summary>What a tool, a file or a page said: whoever wrote that is unknown.</summary>
    ToolResult,

    /// <summary>What an agent's harness sent in the user's name.</summary>
    Injected,

    /// <summary>A summary that was written before.</summary>
    Summary,
}
