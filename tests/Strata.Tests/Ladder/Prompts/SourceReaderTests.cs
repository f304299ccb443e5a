using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Ladder.Prompts;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Ladder.Prompts;

public sealed class SourceReaderTests
{
    private static readonly ITokenCounter Counter = TokenCounters.ForEncoding("o200k_base");

    [Fact]
    public void Read_ATurn_TellsWhoSaysWhatInOrder()
    {
        const string summary = "[Previous conversation summary] 4 messages; recall abcdefghjkmn..abcdefghjkmn\nearlier work";
        KnownSummaries.Add(summary);
        var items = Read(
            new ChatMessage(ChatRole.User, "Fix it.<system-reminder>be brief</system-reminder> Thanks"),
            new ChatMessage(ChatRole.Assistant,
                [new TextReasoningContent("secret thoughts"), new TextContent("Looking."),
                    new FunctionCallContent("1", "Bash", new Dictionary<string, object?> { ["command"] = "ls\n-la" })]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "a.txt")]),
            new ChatMessage(ChatRole.User, [new DataContent(new byte[1_234], "image/png")]),
            new ChatMessage(ChatRole.User, summary));
        items.Select(item => (item.Kind, item.Label, item.Text)).ShouldBe(
        [
            (SourceVoice.User, null, "Fix it."),
            (SourceVoice.Injected, null, "<system-reminder>be brief</system-reminder>"),
            (SourceVoice.User, null, "Thanks"),
            (SourceVoice.Assistant, null, "Looking."),
            (SourceVoice.ToolCall, null, "Bash: ls -la"),
            (SourceVoice.ToolResult, "Bash", "a.txt"),
            (SourceVoice.User, null, "[image/png, 1,234 bytes]"),
            (SourceVoice.Summary, null, "earlier work"),
        ]);
    }

    [Fact]
    public void Read_Secrets_AreGoneFromEveryKindBeforeAnythingIsCut()
    {
        var key = "sk-" + "ant-" + "tR7xK2mQ9vL4wZ8nB3cF6hJ1pD5sG0yA";
        var filler = new string('x', 130);
        var items = Read(
            new ChatMessage(ChatRole.User, $"use {key}"),
            new ChatMessage(ChatRole.Assistant,
                [new TextContent($"ok {key}"),
                    new FunctionCallContent("1", "Write",
                        new Dictionary<string, object?> { ["path"] = "x", ["content"] = $"{filler} {key}", ["password"] = "hunter2x" })]),
            new ChatMessage(
                ChatRole.Tool, [new FunctionResultContent("1", string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i} {key}\n")))]));
        items.Count.ShouldBe(4);
        foreach (var item in items)
        {
            item.Text.ShouldNotContain("tR7x");
            item.Text.ShouldNotContain("hunter2x");
            item.Text.ShouldContain("[secret:");
        }
    }

    [Fact]
    public void Read_AHugeResult_IsReducedToItsCapWithoutAHandle()
    {
        var log = string.Concat(Enumerable.Range(0, 40_000)
            .Select(i => $"2026-01-01 12:00:{i % 60:00} INFO worker {i} handled request {i * 7} in {i % 13} ms\n"))
            + "ERROR disk full on /dev/sda1\n";
        log.Length.ShouldBeGreaterThan(2_000_000);
        var result = Read(
            new ChatMessage(
                ChatRole.Assistant, [new FunctionCallContent("1", "Bash", new Dictionary<string, object?> { ["command"] = "journalctl" })]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", log)]))[1];
        Counter.Count(result.Text).ShouldBeLessThanOrEqualTo(300);
        result.Text.ShouldContain("disk full on /dev/sda1");
        result.Text.ShouldContain("tokens cut]");
        result.Text.ShouldNotContain("recall");
    }

    [Fact]
    public void Read_BrokenContents_AreReadAllTheSame()
    {
        var items = Read(
            new ChatMessage(ChatRole.User, ""),
            new ChatMessage(ChatRole.User, [null!, new TextContent(null)]).WithoutNulls(),
            new ChatMessage(ChatRole.Assistant,
                [new FunctionCallContent("1", "A", null),
                    new FunctionCallContent("2", "B",
                        new Dictionary<string, object?>
                        {
                            ["x"] = null,
                            ["y"] = JsonDocument.Parse("\"\\ud800\"").RootElement,
                            ["z"] = double.NaN
                        })]),
            new ChatMessage(
                ChatRole.Tool,
                [new FunctionResultContent("1", null),
                    new FunctionResultContent("2", null) { Exception = new InvalidOperationException("it broke") }]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("nobody", "orphan \ud800")]));
        items.Select(item => item.Text).ShouldBe(["A", "B y: \"\\ud800\", z: NaN", "(no output)", "error: it broke", "orphan \ud800"]);
    }

    private static IReadOnlyList<SourceItem> Read(params ChatMessage[] messages) =>
        SourceReader.Read(Transcript.Create(messages).Groups, 300, Counter);
}

file static class Messages
{
    public static ChatMessage WithoutNulls(this ChatMessage message)
    {
        message.Contents = [.. message.Contents.Where(content => content is not null)];
        return message;
    }
}
