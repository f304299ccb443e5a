using System.Text.Json.Nodes;

namespace Strata.Tests.Properties;

/// <summary>Steps as items of OpenAI's Responses API, which Codex writes as well.</summary>
internal static class OpenAISteps
{
    public static IEnumerable<JsonNode> Of(VendorStep step, int n)
    {
        var text = VendorConversations.Words(step.Size, n);
        var call = $"call_{n}";
        switch (step.Kind)
        {
            case VendorStepKind.User:
                return [Said("user", $"Now step {n}. {text}")];
            case VendorStepKind.Answer:
                return [Said("assistant", text)];
            case VendorStepKind.ParallelCalls:
                return [Call(call + "a"), Call(call + "b"), Output("function_call_output", call + "b", text),
                    Output("function_call_output", call + "a", text)];
            case VendorStepKind.ServerTool or VendorStepKind.PausedServerTool:
                return [Item("web_search_call", ("id", $"ws_{n}"), ("status", "completed")), Said("assistant", text)];
            case VendorStepKind.ToolSearch or VendorStepKind.OpenServerTool:
                var open = step.Kind == VendorStepKind.OpenServerTool;
                return [Search(call), .. open ? Array.Empty<JsonNode>() : [Found(call, text)]];
            case VendorStepKind.ServerToolSearch:
                return [Search(null), Found(null, text), Said("assistant", text)];
            case VendorStepKind.Approval:
                return [Request(n, text), Approve(n), Said("assistant", text)];
            case VendorStepKind.ApprovalOfACall or VendorStepKind.ServerMcp:
                return
                [
                    Request(n, text),
                    Approve(n),
                    Item("mcp_call", ("id", $"mcp_{n}"), ("name", "pay"), ("approval_request_id", $"mcpr_{n}"), ("output", text)),
                    Said("assistant", text),
                ];
            case VendorStepKind.OpenApproval:
                return [Request(n, text)];
            case VendorStepKind.CustomTool:
                return
                [
                    Item("custom_tool_call", ("call_id", call), ("name", "apply_patch"), ("input", text)),
                    Output("custom_tool_call_output", call, text),
                ];
            case VendorStepKind.Computer:
                return
                [
                    new JsonObject
                    {
                        ["type"] = "computer_call",
                        ["call_id"] = call,
                        ["id"] = $"cu_{n}",
                        ["action"] = new JsonObject { ["type"] = "screenshot" }
                    },
                    new JsonObject
                    {
                        ["type"] = "computer_call_output", ["call_id"] = call,
                        ["output"] = new JsonObject { ["type"] = "computer_screenshot", ["image_url"] = "https://example.org/screen.png" },
                    },
                ];
            case VendorStepKind.Shell or VendorStepKind.CodeThatCalls:
                return
                [
                    new JsonObject
                    {
                        ["type"] = "shell_call",
                        ["call_id"] = call,
                        ["action"] = new JsonObject { ["commands"] = new JsonArray("ls") }
                    },
                    new JsonObject
                    {
                        ["type"] = "shell_call_output", ["call_id"] = call,
                        ["output"] = new JsonArray(new JsonObject { ["stdout"] = text, ["stderr"] = "" }),
                    },
                ];
            case VendorStepKind.Compaction:
                return [Item("compaction", ("id", $"cmp_{n}"), ("encrypted_content", $"opaque-{n}"))];
            case VendorStepKind.Tools:
                return [Item("additional_tools", ("role", "developer"), ("id", $"opaque-{n}"))];
            case VendorStepKind.Unknown:
                return [Item("world_state", ("state", $"opaque-{n}"))];
            case VendorStepKind.Reference:
                return [Item("item_reference", ("id", $"opaque-{n}")), Output("function_call_output", $"stored_{n}", text)];
            case VendorStepKind.ReasoningThenAnswer:
                return [Reasoning(n), Said("assistant", text)];
            case VendorStepKind.ReasoningThenCall:
                return [Reasoning(n), Said("assistant", "I look."), Call(call), Output("function_call_output", call, text)];
            case VendorStepKind.OpenCall:
                return [Call(call)];
            default:
                return [Call(call), Output("function_call_output", call, text)];
        }
    }

    private static JsonObject Said(string role, string text) => VendorConversations.Message("openai-responses", role, text);

    private static JsonObject Item(string type, params (string Name, string Value)[] members)
    {
        var item = new JsonObject { ["type"] = type };
        foreach (var (name, value) in members)
            item[name] = value;
        return item;
    }

    private static JsonObject Call(string id) =>
        Item("function_call", ("call_id", id), ("name", "query"), ("arguments", """{"depot":"d1"}"""));

    private static JsonObject Output(string type, string id, string text) => Item(type, ("call_id", id), ("output", text));

    private static JsonObject Reasoning(int n) =>
        new() { ["type"] = "reasoning", ["id"] = $"rs_{n}", ["summary"] = new JsonArray(), ["encrypted_content"] = $"gAAAA{n}" };

    private static JsonObject Request(int n, string text) =>
        Item("mcp_approval_request", ("id", $"mcpr_{n}"), ("server_label", "shop"), ("name", "pay"), ("arguments", text));

    private static JsonObject Approve(int n) =>
        new() { ["type"] = "mcp_approval_response", ["approval_request_id"] = $"mcpr_{n}", ["approve"] = true };

    private static JsonObject Search(string? call) => new()
    {
        ["type"] = "tool_search_call", ["call_id"] = call, ["execution"] = call is null ? "server" : "client",
        ["arguments"] = new JsonObject { ["query"] = "parcels" },
    };

    private static JsonObject Found(string? call, string text) => new()
    {
        ["type"] = "tool_search_output", ["call_id"] = call, ["execution"] = call is null ? "server" : "client",
        ["tools"] = new JsonArray(new JsonObject { ["type"] = "function", ["name"] = "sort", ["description"] = text }),
    };
}
