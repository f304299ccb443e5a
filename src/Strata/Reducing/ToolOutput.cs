using Microsoft.Extensions.AI;
using Strata.Facts.Manifests;

namespace Strata.Reducing;

/// <summary>What a tool printed, and what is known of the call. Tool name, command and path are null where the call does not say.</summary>
/// <param name="Text">The text, line ends as they came.</param>
/// <param name="Tool">The name of the tool.</param>
/// <param name="Command">The command line that was run.</param>
/// <param name="Path">The one file or folder that the call is about.</param>
/// <param name="Arguments">The call as one line: its name and what it asked for.</param>
internal sealed record ToolOutput(string Text, string? Tool = null, string? Command = null, string? Path = null, string? Arguments = null)
{
    public static ToolOutput Of(string text, FunctionCallContent? call) => call is null
        ? new ToolOutput(text)
        : new ToolOutput(text, call.Name, ToolArguments.Command(call), ToolArguments.Path(call), ToolArguments.Line(call));
}
