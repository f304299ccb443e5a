using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts.Pairs;

/// <summary>The table of what vendors accept only together: each kind of call with its result, by which id.</summary>
/// <remarks>
/// Contents of Microsoft.Extensions.AI have a type for their pair. Whatever a format reads as an opaque item has its JSON as raw
/// representation, and the rows below say what it is a half of. A vendor's new pair is a row here, and grouping, validation and the
/// renderer know it.
/// </remarks>
internal static class PairKinds
{
    /// <summary>Calls that the client answers, by call id.</summary>
    public const string Calls = "call";

    private const string ServerTools = "server tool", Approvals = "approval", Searches = "tool search";

    private static readonly PairKind[] Rows =
    [
        // Anthropic: tools that the server runs; the result may stand in a later message (stop reason pause_turn), and their code may make
        // calls.
        new(ServerTools, "server_tool_use", PairSide.Call, "id"),
        new(ServerTools, "mcp_tool_use", PairSide.Call, "id"),
        new(ServerTools, "*_tool_result", PairSide.Result, "tool_use_id"),
        new(ServerTools, "*", PairSide.Part, "caller.tool_id"),

        // OpenAI: what has a call_id is answered by the client. Searches that the server runs have none and pair by order.
        new(Calls, "*_call", PairSide.Call, "call_id"),
        new(Calls, "*_output", PairSide.Result, "call_id"),
        new(Searches, "tool_search_call", PairSide.Call, "call_id") { HasNoId = true },
        new(Searches, "tool_search_output", PairSide.Result, "call_id") { HasNoId = true },
        new(Approvals, "mcp_approval_request", PairSide.Call, "id"),
        new(Approvals, "mcp_approval_response", PairSide.Result, "approval_request_id"),
        new(Approvals, "mcp_call", PairSide.Part, "approval_request_id"),
    ];

    /// <summary>The pairs that a content is a half of; usually none or one.</summary>
    public static IEnumerable<PairEnd> Of(AIContent content)
    {
        switch (content)
        {
            case TextContent or TextReasoningContent or DataContent or UriContent or UsageContent or ErrorContent:
                return [];
            case ToolCallContent { RawRepresentation: JsonElement raw } call:
                return [new(Calls, call.CallId, PairSide.Call), .. OfItem(raw).Where(static end => end.Side == PairSide.Part)];
            case ToolCallContent call:
                return [new(Calls, call.CallId, PairSide.Call)];
            case ToolResultContent result:
                return [new(Calls, result.CallId, PairSide.Result)];
            case ToolApprovalRequestContent request:
                return [new(Approvals, request.RequestId, PairSide.Call)];
            case ToolApprovalResponseContent response:
                return [new(Approvals, response.RequestId, PairSide.Result)];
            default:
                return content.RawRepresentation is JsonElement item ? OfItem(item) : [];
        }
    }

    /// <summary>The pairs that the contents of a message are halves of, in order.</summary>
    public static IEnumerable<PairEnd> Of(ChatMessage message) => message.Contents.SelectMany(Of);

    /// <summary>Whether the message holds <paramref name="side"/> of a pair.</summary>
    public static bool Holds(ChatMessage message, PairSide side) => Of(message).Any(end => end.Side == side);

    private static IEnumerable<PairEnd> OfItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            yield break;
        var name = JsonText.StringOf(type);
        foreach (var row in Rows)
        {
            if (row.EndOf(name, item) is { } end)
                yield return end;
        }
    }
}
