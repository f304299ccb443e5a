using Strata.Reducing.Code;

namespace Strata.Reducing.Logs;

/// <summary>Text of no kind that lost its colours and what it wrote over: see <see cref="TerminalText"/>.</summary>
internal sealed class TerminalReducer : IReducer
{
    public static readonly TerminalReducer Instance = new();

    public string Kind => "terminal";

    public string? Reduce(ToolOutput output, int maxChars) => TerminalText.Plain(output.Text) is var plain && plain.Length <= maxChars ? plain : null;
}
