using System.Text.Json.Nodes;

namespace Strata.Tests.Properties;

/// <summary>Steps as messages of Anthropic's Messages API.</summary>
internal static class AnthropicSteps
{
    public static IEnumerable<JsonNode> Of(VendorStep step, int n)
    {
        var text = VendorConversations.Words(step.Size, n);
        switch (step.Kind)
        {
            case VendorStepKind.User:
                return [VendorConversations.Message("anthropic", "user", $"Now step {n}. {text}")];
            case VendorStepKind.Answer:
                return [VendorConversations.Message("anthropic", "assistant", text)];
            case VendorStepKind.ParallelCalls:
                return
                [
                    Assistant(Use($"toolu_{n}a"), Use($"toolu_{n}b")),
                    User(Result("tool_result", $"toolu_{n}a", text), Result("tool_result", $"toolu_{n}b", text)),
                ];
            case VendorStepKind.ServerTool or VendorStepKind.ToolSearch or VendorStepKind.ServerToolSearch:
                var kind = step.Kind == VendorStepKind.ServerTool ? "web_search" : "tool_search";
                return [Assistant(
                    Text("Searching."), Server($"srvtoolu_{n}", kind), Result(kind + "_tool_result", $"srvtoolu_{n}", text), Text(text))];
            case VendorStepKind.PausedServerTool or VendorStepKind.Computer:
                return
                [
                    Assistant(Text(text), Server($"srvtoolu_{n}", "web_fetch")),
                    Assistant(Result("web_fetch_tool_result", $"srvtoolu_{n}", text), Text("Found.")),
                ];
            case VendorStepKind.CodeThatCalls or VendorStepKind.Shell:
                return
                [
                    Assistant(Text("From code."), Server($"srvtoolu_{n}", "code_execution"), Use($"toolu_{n}a", $"srvtoolu_{n}")),
                    User(Result("tool_result", $"toolu_{n}a", text)),
                    Assistant(Text("One more."), Use($"toolu_{n}b", $"srvtoolu_{n}")),
                    User(Result("tool_result", $"toolu_{n}b", text)),
                    Assistant(Result("code_execution_tool_result", $"srvtoolu_{n}", text), Text(text)),
                ];
            case VendorStepKind.ServerMcp or VendorStepKind.Approval or VendorStepKind.ApprovalOfACall:
                var use = new JsonObject
                {
                    ["type"] = "mcp_tool_use",
                    ["id"] = $"mcptoolu_{n}",
                    ["name"] = "pay",
                    ["server_name"] = "shop",
                    ["input"] = new JsonObject()
                };
                return [Assistant(use, Result("mcp_tool_result", $"mcptoolu_{n}", text), Text(text))];
            case VendorStepKind.OpenCall:
                return [Assistant(Text(text), Use($"toolu_{n}"))];
            case VendorStepKind.OpenServerTool or VendorStepKind.OpenApproval:
                return [Assistant(Text(text), Server($"srvtoolu_{n}", "web_search"))];
            case VendorStepKind.Compaction:
                var summary = new JsonObject { ["type"] = "compaction", ["content"] = text, ["signature"] = $"opaque-{n}" };
                return [Assistant(summary, Text("Going on."))];
            case VendorStepKind.Tools:
                var tools = new JsonObject { ["type"] = "tool_addition", ["tools"] = new JsonArray(), ["id"] = $"opaque-{n}" };
                return [VendorConversations.Message("anthropic", "user", text),
                    new JsonObject { ["role"] = "system", ["content"] = new JsonArray(tools) }];
            case VendorStepKind.Unknown or VendorStepKind.Reference:
                return [Assistant(Text(text), new JsonObject { ["type"] = "world_state", ["state"] = $"opaque-{n}" })];
            case VendorStepKind.ReasoningThenAnswer:
                return [Assistant(Thinking(text, n), Text(text))];
            case VendorStepKind.ReasoningThenCall:
                return [Assistant(Thinking(text, n), Use($"toolu_{n}")), User(Result("tool_result", $"toolu_{n}", text))];
            default:
                return [Assistant(Text("Let me look."), Use($"toolu_{n}")), User(Result("tool_result", $"toolu_{n}", text))];
        }
    }

    private static JsonObject Assistant(params JsonNode[] blocks) => new() { ["role"] = "assistant", ["content"] = new JsonArray(blocks) };

    private static JsonObject User(params JsonNode[] blocks) => new() { ["role"] = "user", ["content"] = new JsonArray(blocks) };

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Thinking(string text, int n) =>
        new() { ["type"] = "thinking", ["thinking"] = text, ["signature"] = $"sig{n}" };

    private static JsonObject Use(string id, string? caller = null)
    {
        var use = new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = "query", ["input"] = new JsonObject { ["depot"] = id } };
        if (caller is not null)
            use["caller"] = new JsonObject { ["type"] = "code_execution_20250825", ["tool_id"] = caller };
        return use;
    }

    private static JsonObject Server(string id, string name) =>
        new() { ["type"] = "server_tool_use", ["id"] = id, ["name"] = name, ["input"] = new JsonObject { ["query"] = id } };

    private static JsonObject Result(string type, string id, string text) =>
        new() { ["type"] = type, ["tool_use_id"] = id, ["content"] = new JsonArray(Text(text)) };
}
