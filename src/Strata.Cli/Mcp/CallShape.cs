using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Strata.Cli.Mcp;

/// <summary>Whether a request to call a tool is one at all: the SDK answers what it cannot read with "An error occurred.".</summary>
internal static class CallShape
{
    /// <summary>What is wrong, and the way out; null: nothing.</summary>
    public static string? Problem(JsonRpcRequest request)
    {
        if (request.Method != RequestMethods.ToolsCall)
            return null;
        if (request.Params is not JsonObject call)
            return "tools/call: 'params' is missing or no object: give {\"name\": TOOL, \"arguments\": {…}}.";
        if (call["name"] is not JsonValue name || !name.TryGetValue<string>(out _))
            return "tools/call: 'name' is missing or no text: give the name of a tool; tools/list lists them.";
        return call["arguments"] is null or JsonObject ? null
            : "tools/call: 'arguments' is no object: give {\"NAME\": VALUE, …}, or leave it out.";
    }
}
