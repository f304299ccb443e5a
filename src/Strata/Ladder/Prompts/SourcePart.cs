namespace Strata.Ladder.Prompts;

/// <summary>An item as it is quoted.</summary>
/// <param name="Heading">Who speaks and how far that is trusted.</param>
/// <param name="Text">What was said.</param>
/// <param name="Rank">What stays where not everything can: lower first.</param>
internal sealed record SourcePart(string Heading, string Text, int Rank)
{
    public const int Foremost = 0;

    public static int RankOf(SourceVoice kind) => kind switch
    {
        SourceVoice.User => 1,
        SourceVoice.Summary => 2,
        SourceVoice.Assistant => 3,
        SourceVoice.ToolCall => 4,
        SourceVoice.ToolResult => 5,
        _ => 6,
    };

    public string HeadingLine(string boundary) => $"[{boundary}] {Heading}:\n";
}
