using System.Text;
using System.Text.Json.Nodes;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Cli.Tests.Support;

/// <summary>The sample session in every format, and what an agent adds to it later.</summary>
internal static class SampleFiles
{
    public const string Later = "One more thing: is --celsius the default now?";

    /// <summary>A session of eight turns as the format writes it.</summary>
    public static async Task<byte[]> InAsync(string format, int turns = 8)
    {
        var own = SessionFormats.Find("claude-code")!;
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(SampleSession.OfTurns(turns)));
        var document = await own.ReadAsync(input, TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        await SessionFormats.Find(format)!.WriteAsync(
            document, [.. document.Messages.Select((message, i) => new OutgoingMessage(message, i))], output,
            TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    /// <summary>The file with a message of the user behind its last one, as the agent or the client would add it.</summary>
    public static byte[] GoOn(string format, byte[] file)
    {
        var text = Encoding.UTF8.GetString(file);
        return Encoding.UTF8.GetBytes(format switch
        {
            "claude-code" => text + Line(new JsonObject
            {
                ["parentUuid"] = JsonNode.Parse(text.TrimEnd('\n').Split('\n')[^1])!["uuid"]!.GetValue<string>(),
                ["isSidechain"] = false,
                ["sessionId"] = "5e551011-0000-4000-8000-000000000001",
                ["type"] = "user",
                ["message"] = new JsonObject { ["role"] = "user", ["content"] = Later },
                ["uuid"] = "99999999-aaaa-4bbb-8ccc-dddddddddddd",
            }),
            "codex" => text + Line(new JsonObject
            {
                ["timestamp"] = "2026-03-01T11:00:00.000Z",
                ["type"] = "response_item",
                ["payload"] = new JsonObject
                {
                    ["type"] = "message", ["role"] = "user",
                    ["content"] = new JsonArray(new JsonObject { ["type"] = "input_text", ["text"] = Later }),
                },
            }),
            "pi" => text + Line(new JsonObject
            {
                ["type"] = "message",
                ["id"] = "99999999",
                ["parentId"] = JsonNode.Parse(text.TrimEnd('\n').Split('\n')[^1])!["id"]?.GetValue<string>(),
                ["timestamp"] = "2026-03-01T11:00:00.000Z",
                ["message"] = new JsonObject { ["role"] = "user", ["content"] = Later },
            }),
            "gemini-cli" => text + Line(new JsonObject
            {
                ["id"] = "99999999-aaaa-4bbb-8ccc-dddddddddddd",
                ["timestamp"] = "2026-03-01T11:00:00.000Z",
                ["type"] = "user",
                ["content"] = new JsonArray(new JsonObject { ["text"] = Later }),
            }),
            "opencode" => WithElement(text, new JsonObject
            {
                ["info"] =
                    new JsonObject { ["id"] = "msg_999", ["role"] = "user", ["time"] = new JsonObject { ["created"] = 1772359300000 } },
                ["parts"] = new JsonArray(new JsonObject { ["id"] = "prt_999", ["type"] = "text", ["text"] = Later }),
            }),
            "meai" => WithElement(text, new JsonObject
            {
                ["role"] = "user",
                ["contents"] = new JsonArray(new JsonObject { ["$type"] = "text", ["text"] = Later }),
            }),
            _ => WithElement(text, new JsonObject { ["role"] = "user", ["content"] = Later }),
        });
    }

    private static string WithElement(string text, JsonObject element)
    {
        var body = JsonNode.Parse(text)!;
        var list = body as JsonArray ?? (body["messages"] ?? body["input"])!.AsArray();
        list.Add(element);
        return body.ToJsonString();
    }

    private static string Line(JsonObject line) => line.ToJsonString() + "\n";
}
