using Microsoft.Extensions.AI;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.OpenAIChat;

public sealed class OpenAIChatFormatTests
{
    private const string Name = "openai-chat";

    internal const string Everything = """
        {
          "model": "gpt-4o", "max_completion_tokens": 512,
          "tools": [{"type": "function", "function": {"name": "read", "description": "Reads a file.", "parameters": {"type": "object"}}},
                    {"type": "custom", "custom": {"name": "patch"}}],
          "messages": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "name": "ada", "content": [{"type": "text", "text": "Look", "x": 1}, {"type": "image_url", "image_url": {"url": "https://example.org/a.png", "detail": "low"}}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}}, {"type": "input_audio", "input_audio": {"data": "AQID", "format": "mp3"}}, {"type": "file", "file": {"file_id": "file-1"}}, {"type": "hologram", "depth": 3}]},
            {"role": "assistant", "reasoning_content": "think", "content": "Reading.", "tool_calls": [
              {"id": "a", "type": "function", "function": {"name": "read", "arguments": "{\"path\": \"x/y\"}"}},
              {"id": "b", "type": "function", "function": {"name": "read", "arguments": "{broken"}},
              {"id": "c", "type": "custom", "custom": {"name": "patch", "input": "*** Begin"}},
              {"id": "d", "type": "function", "function": {"name": "read", "arguments": "[1, 2]"}},
              {"id": "e", "type": "function", "function": {"name": "read", "arguments": ""}}]},
            {"role": "tool", "tool_call_id": "b", "content": "two"},
            {"role": "tool", "tool_call_id": "a", "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "more"}]},
            {"role": "tool", "tool_call_id": "c", "content": ""},
            {"role": "assistant", "content": null, "refusal": "No."},
            {"role": "assistant", "content": null, "function_call": {"name": "old", "arguments": "{}"}},
            {"role": "function", "name": "old", "content": "done"},
            {"role": "critic", "content": "hm"},
            {"content": "no role"},
            {"role": "assistant"}
          ], "stream": true
        }
        """;

    [Fact]
    public void Read_EverythingTheApiHas_OneMessageForEachElement()
    {
        var document = Read(Name, Everything);

        SummariesOf(document).ShouldBe(
        [
            "system: Be brief.",
            "user: Look | image/*:https://example.org/a.png | image/png:3 | audio/mp3:3 | file:file-1 | ?hologram",
            """assistant: <think> | Reading. | a=read({"path":"x/y"}) | b=read({"$raw":"{broken"}) | c=patch({"$raw":"*** Begin"}) | """
                + """d=read({"$raw":"[1, 2]"}) | e=read()""",
            "tool: b->two",
            "tool: a->one\nmore",
            "tool: c->",
            "assistant: !No.",
            "assistant: call_7_0=old({})",
            "tool: call_7_0->done",
            "user: hm",
            "user: no role",
            "assistant: ",
        ]);
        document.Messages[1].AuthorName.ShouldBe("ada");
        document.Model.ShouldBe("gpt-4o");
        document.Options!.MaxOutputTokens.ShouldBe(512);
        document.Options.Tools!.Select(static tool => tool.Name).ShouldBe(["read", "patch"]);
        document.Problems.Select(static problem => problem.Place).ShouldBe(["messages[9].role", "messages[10].role"]);
        document.PlaceOf(3).ShouldBe("messages[3]");
    }

    [Fact]
    public void Write_Unchanged_SameBytes()
    {
        var document = Read(Name, Everything);

        Write(Name, document, All(document)).ShouldBe(Everything);
    }
}
