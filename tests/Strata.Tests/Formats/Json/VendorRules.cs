using System.Text.Json;

namespace Strata.Tests.Formats.Json;

/// <summary>What the vendors refuse a body for, as far as it concerns roles and tool pairs.</summary>
internal static class VendorRules
{
    public static void Check(string format, ReadOnlySpan<byte> body)
    {
        var root = JsonElement.Parse(body is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body);
        switch (format)
        {
            case "openai-chat":
                CheckChat(root);
                break;
            case "anthropic":
                CheckAnthropic(root);
                break;
            case "openai-responses":
                CheckResponses(root);
                break;
            case "ollama":
                foreach (var message in List(root, "messages"))
                    message.GetProperty("role").GetString().ShouldBeOneOf("system", "user", "assistant", "tool");
                break;
        }
    }

    private static List<JsonElement> List(JsonElement root, string name) =>
        [.. (root.ValueKind == JsonValueKind.Array ? root : root.GetProperty(name)).EnumerateArray()];

    private static void CheckChat(JsonElement root)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var messages = List(root, "messages");
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.GetProperty("role").GetString() is "tool")
            {
                open.Remove(message.GetProperty("tool_call_id").GetString()!)
                    .ShouldBeTrue($"messages[{i}]: a result without its call right before it");
                message.GetProperty("content").ValueKind.ShouldBeOneOf(JsonValueKind.String, JsonValueKind.Array);
                continue;
            }

            open.ShouldBeEmpty($"messages[{i}]: calls without results before it");
            if (message.TryGetProperty("tool_calls", out var calls))
            {
                calls.GetArrayLength().ShouldBeGreaterThan(0);
                foreach (var call in calls.EnumerateArray())
                    open.Add(call.GetProperty("id").GetString()!).ShouldBeTrue();
            }
            else if (message.GetProperty("role").GetString() is "assistant")
            {
                message.GetProperty("content").ValueKind.ShouldNotBe(JsonValueKind.Null, $"messages[{i}]");
            }
        }
    }

    private static void CheckAnthropic(JsonElement root)
    {
        root.GetProperty("max_tokens").GetInt32().ShouldBeGreaterThan(0);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var messages = List(root, "messages");
        messages[0].GetProperty("role").GetString().ShouldBe("user");
        for (var i = 0; i < messages.Count; i++)
        {
            messages[i].GetProperty("role").GetString().ShouldBeOneOf("user", "assistant");
            var blocks =
                messages[i].GetProperty("content") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [];
            if (blocks.Count == 0)
                messages[i].GetProperty("content").GetString().ShouldNotBeNullOrWhiteSpace();
            var results = blocks.TakeWhile(static block => block.GetProperty("type").GetString() is "tool_result").ToList();
            blocks.Skip(results.Count).ShouldAllBe(static block => block.GetProperty("type").GetString() != "tool_result");
            foreach (var result in results)
                open.Remove(result.GetProperty("tool_use_id").GetString()!)
                    .ShouldBeTrue($"messages[{i}]: a result without its call right before it");
            open.ShouldBeEmpty($"messages[{i}]: calls without results before it");
            foreach (var block in blocks)
            {
                if (block.GetProperty("type").GetString() is "text")
                    block.GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
                if (block.GetProperty("type").GetString() is not "tool_use")
                    continue;
                messages[i].GetProperty("role").GetString().ShouldBe("assistant");
                block.GetProperty("input").ValueKind.ShouldBe(JsonValueKind.Object);
                open.Add(block.GetProperty("id").GetString()!).ShouldBeTrue();
            }
        }
    }

    private static void CheckResponses(JsonElement root)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in List(root, "input"))
        {
            var type = item.TryGetProperty("type", out var given) ? given.GetString() : "message";
            if (type is "function_call")
                open.Add(item.GetProperty("call_id").GetString()!).ShouldBeTrue();
            if (type is "function_call_output")
                open.Remove(item.GetProperty("call_id").GetString()!).ShouldBeTrue();
            if (type is "message")
                item.GetProperty("role").GetString().ShouldBeOneOf("user", "assistant", "system", "developer");
        }
    }
}
