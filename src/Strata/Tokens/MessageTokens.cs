namespace Strata.Tokens;

/// <summary>The tokens of one or more messages by what they are spent on.</summary>
/// <param name="Text">What people and models said.</param>
/// <param name="ToolCalls">Names and arguments of tool calls.</param>
/// <param name="ToolResults">What tools answered, without media.</param>
/// <param name="Reasoning">Thinking, readable or encrypted.</param>
/// <param name="Media">Images, audio, video and documents, wherever they are.</param>
/// <param name="Framing">What the vendor puts around messages: roles, separators, names.</param>
public readonly record struct MessageTokens(int Text, int ToolCalls, int ToolResults, int Reasoning, int Media, int Framing)
{
    public int Total => Text + ToolCalls + ToolResults + Reasoning + Media + Framing;

    public static MessageTokens operator +(MessageTokens left, MessageTokens right) => new(
        left.Text + right.Text,
        left.ToolCalls + right.ToolCalls,
        left.ToolResults + right.ToolResults,
        left.Reasoning + right.Reasoning,
        left.Media + right.Media,
        left.Framing + right.Framing);

    public static MessageTokens Add(MessageTokens left, MessageTokens right) => left + right;
}
