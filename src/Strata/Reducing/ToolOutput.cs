using Microsoft.Extensions.AI;
using Strata.Text;
using Strata.Reducing.Lines;

namespace Strata.Reducing;

/// <summary>What a tool printed, and what is known of the call. Tool name, command and path are null where the call does not say.</summary>
/// <param name="Text">The text, line ends as they came.</param>
/// <param name="Tool">The name of the tool.</param>
/// <param name="Command">The command line that was run.</param>
/// <param name="Path">The one file or folder that the call is about.</param>
/// <param name="Arguments">The call as one line: its name and what it asked for.</param>
internal sealed record ToolOutput(string Text, string? Tool = null, string? Command = null, string? Path = null, string? Arguments = null)
{
    private TextLines? _lines;

    /// <summary>The lines of the text, found once for all reducers.</summary>
    public TextLines Lines => _lines is { } known && ReferenceEquals(known.Text, Text) ? known : _lines = new TextLines(Text);

    public static ToolOutput Of(string text, FunctionCallContent? call) => call is null
        ? new ToolOutput(text)
        : new ToolOutput(text, call.Name, CallText.Command(call), CallText.Path(call), CallText.Line(call));

    /// <summary>
    /// The text that a reducer made of this one; null where it is not shorter or has more chars than <paramref name="maxChars"/>.
    /// </summary>
    public string? Smaller(string? reduced, int maxChars) =>
        reduced is not null && reduced.Length < Text.Length && reduced.Length <= maxChars ? reduced : null;
}
