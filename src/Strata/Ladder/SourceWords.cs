using Strata.Ladder.Prompts;

namespace Strata.Ladder;

/// <summary>What was said, as lines that name who said it.</summary>
internal static class SourceWords
{
    public static string Of(IEnumerable<SourceItem> items) => string.Join('\n', items.Select(item => $"{SpeakerOf(item)}: {item.Text}"));

    private static string SpeakerOf(SourceItem item) => item.Kind switch
    {
        SourceVoice.User => "User",
        SourceVoice.Assistant => "Assistant",
        SourceVoice.ToolCall => "Call",
        SourceVoice.ToolResult => item.Label is { } tool ? $"Output of {tool}" : "Output",
        SourceVoice.Injected => "Harness",
        _ => "Earlier",
    };
}
