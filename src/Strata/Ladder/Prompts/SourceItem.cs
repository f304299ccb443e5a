namespace Strata.Ladder.Prompts;

/// <summary>One part of what a summarizer reads.</summary>
/// <param name="Kind">Who speaks, and so how far it is trusted.</param>
/// <param name="Label">The tool's name and the like; null when there is nothing to add.</param>
/// <param name="Text">Without secrets.</param>
internal sealed record SourceItem(SourceVoice Kind, string? Label, string Text)
{
    /// <summary>Whether somebody outside the conversation may have written it.</summary>
    public bool IsUntrusted => Kind is SourceVoice.ToolResult or SourceVoice.Injected;
}
