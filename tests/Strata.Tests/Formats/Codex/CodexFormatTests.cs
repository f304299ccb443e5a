using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;

namespace Strata.Tests.Formats.Codex;

public sealed class CodexFormatTests
{
    private static readonly ISessionFormat Format = SessionFormats.Find("codex")!;

    [Fact]
    public async Task ReadAsync_Rollout_GivesWhatCodexSends()
    {
        var document = await ReadAsync("codex.jsonl");
        document.Model.ShouldBe("gpt-5.4-mini");
        document.Options!.Instructions.ShouldBe("You are Codex, a coding agent.");
        document.Messages.Select(static message =>
            $"{message.Role} {string.Join('+', message.Contents.Select(static content => content.GetType().Name))}").ShouldBe(
        [
            "system TextContent+TextContent",
            "user TextContent",
            "user TextContent+DataContent+UriContent",
            "assistant TextReasoningContent",
            "assistant TextContent",
            "assistant FunctionCallContent",
            "assistant FunctionCallContent",
            "tool FunctionResultContent",
            "tool FunctionResultContent",
            "assistant FunctionCallContent",
            "tool FunctionResultContent",
            "assistant FunctionCallContent",
            "tool FunctionResultContent",
            "assistant AIContent",
            "assistant FunctionCallContent",
            "tool FunctionResultContent",
            "assistant TextContent",
            "user TextContent",
            "assistant TextContent",
        ]);
        document.Messages.ShouldNotContain(static message => message.Text.Contains("taken back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_CallsAndResults_AreDecoded()
    {
        var messages = (await ReadAsync("codex.jsonl")).Messages;
        var reasoning = messages[3].Contents[0].ShouldBeOfType<TextReasoningContent>();
        (reasoning.Text, reasoning.ProtectedData).ShouldBe(("**Looking**\nat the code", "gAAAAABqQqQj_Y3w=="));
        messages[5].Contents[0].ShouldBeOfType<FunctionCallContent>().Arguments!["cmd"].ShouldBeOfType<JsonElement>().GetString()
            .ShouldBe("cat forecast.py");
        messages[6].Contents[0].ShouldBeOfType<FunctionCallContent>().Arguments!["input"].ShouldBe("{\"cmd\":\"pytest -q\"");
        messages[11].Contents[0].ShouldBeOfType<FunctionCallContent>().Name.ShouldBe("local_shell");
        var failed = messages[12].Contents[0].ShouldBeOfType<FunctionResultContent>();
        failed.Result.ShouldBe("ls: cannot open");
        failed.Exception.ShouldNotBeNull();
        messages[15].Contents[0].ShouldBeOfType<FunctionResultContent>().Result.ShouldBeAssignableTo<IList<AIContent>>()!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ReadAsync_CompactionWithoutReplacement_KeepsTheUsersMessages()
    {
        var document = await ReadAsync("codex-compacted.jsonl");
        document.Messages.Take(3).Select(static message => message.Text.Split('\n')[0]).ShouldBe(
            ["Port the parser.", "Then its tests.", "Another language model started to solve this problem."]);
    }

    [Fact]
    public async Task WriteAsync_CompactionRemoved_DoesNotBringBackWhatItCompacted()
    {
        foreach (var name in new[] { "codex-compacted.jsonl", "codex-replaced.jsonl" })
        {
            var document = await ReadAsync(name);
            var compaction = name.Contains("replaced", StringComparison.Ordinal) ? 0 : 2;
            var outgoing = document.Messages.Select(static (message, i) => new OutgoingMessage(message, i))
                .Where(message => message.SourceIndex != compaction);
            var after = await WriteAsync(document, [.. outgoing]);
            after.ShouldContain("\"type\":\"compacted\",\"payload\":{\"message\":\"\",\"replacement_history\":[]}");
            after.ShouldContain("It is ported.");   // still in the file
        }
    }

    [Fact]
    public async Task WriteAsync_Summary_IsAUserItemWithTheTimeOfWhatItReplaces()
    {
        var document = await ReadAsync("codex.jsonl");
        var summary = new OutgoingMessage(new ChatMessage(ChatRole.User, "A summary."), -1) { Replaces = [.. Enumerable.Range(3, 13)] };
        var all = document.Messages.Select(static (message, i) => new OutgoingMessage(message, i)).ToList();
        var after = await WriteAsync(document, [.. all.Take(3), summary, .. all.Skip(16)]);
        after.Split('\n').Except(Encoding.UTF8.GetString(SessionFixture.Bytes("codex.jsonl")).Split('\n'), StringComparer.Ordinal)
            .ShouldHaveSingleItem().ShouldBe(
            """{"timestamp":"2026-04-01T08:00:24.024Z","type":"response_item","payload":{"type":"message","role":"user","content":"""
                + """[{"type":"input_text","text":"A summary."}]}}""");
        after.ShouldContain("\"type\":\"agent_message\"");   // what the screen showed stays
    }

    [Fact]
    public async Task WriteAsync_ShortenedResult_KeepsTheShapeOfItsOutput()
    {
        var document = await ReadAsync("codex.jsonl");
        var outgoing = document.Messages.Select(static (message, i) => new OutgoingMessage(message, i)).ToList();
        outgoing[12] = new OutgoingMessage(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_4", "cut")]), 12);
        (await WriteAsync(document, outgoing)).ShouldContain("\"output\":{\"content\":\"cut\",\"success\":false}");
    }

    private static async Task<SessionDocument> ReadAsync(string fixture)
    {
        using var input = new MemoryStream(SessionFixture.Bytes(fixture));
        return await Format.ReadAsync(input, TestContext.Current.CancellationToken);
    }

    private static async Task<string> WriteAsync(SessionDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        using var output = new MemoryStream();
        await Format.WriteAsync(document, messages, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
