using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;

namespace Strata.Tests.Formats.ClaudeCode;

public sealed class ClaudeCodeFormatTests
{
    private static readonly ISessionFormat Format = SessionFormats.Find("claude-code")!;

    [Fact]
    public async Task ReadAsync_Session_GivesWhatClaudeCodeSends()
    {
        var document = await ReadAsync("claude-code.jsonl");
        SessionFixture.Canonical(document.Messages).Select(static line => line.Split('\n')[0])
            .Select(static line => line[..Math.Min(46, line.Length)]).ShouldBe(
            [
                "user: text Add a `--celsius` flag to the forec",
                "assistant: reasoning The user wants a flag. Le",
                "assistant: text I read the command and its tes",
                "assistant: call toolu_01 Read {",
                "assistant: call toolu_02 Read {",
                "tool: result toolu_01      1→def forecast(city",
                "tool: result toolu_02 def test_forecast():",
                "assistant: call toolu_03 Bash {",
                "tool: result toolu_03 Exit code 1",
                "assistant: reasoning  EmwKAhgBEgy3va==",
                "assistant: text One test fails before any chan",
                "user: text Then mock the network in the test, ",
                "assistant: call toolu_04 Task {",
                "tool: result toolu_04 [text It is responses 0.",
                "user: text <system-reminder>The user opened te",
                "assistant: call toolu_05 Edit {",
                "tool: result toolu_05 The file has been update",
                "assistant: text Done: the test no longer asks ",
            ]);
        document.Model.ShouldBe("claude-opus-4-6");
        document.Messages[2].MessageId.ShouldBe("msg_01");
        document.Messages[3].MessageId.ShouldBe("msg_01");
        document.Messages[0].CreatedAt.ShouldBe(new DateTimeOffset(2026, 3, 1, 10, 0, 3, 3, TimeSpan.Zero));
        document.Messages[0].AdditionalProperties.ShouldBeNull();
        document.PlaceOf(0).ShouldBe("line 3");
    }

    [Fact]
    public async Task ReadAsync_Session_KeepsErrorsSignaturesAndMedia()
    {
        var messages = (await ReadAsync("claude-code.jsonl")).Messages;
        messages[8].Contents[0].ShouldBeOfType<FunctionResultContent>().Exception.ShouldNotBeNull();
        messages[5].Contents[0].ShouldBeOfType<FunctionResultContent>().Exception.ShouldBeNull();
        messages[1].Contents[0].ShouldBeOfType<TextReasoningContent>().ProtectedData.ShouldBe("EpsCCkYICxgC+/==");
        messages[11].Contents[1].ShouldBeOfType<DataContent>().MediaType.ShouldBe("image/png");
        messages[11].Contents[2].RawRepresentation.ShouldBeOfType<JsonElement>().GetProperty("type").GetString().ShouldBe("document");
        var result = messages[13].Contents[0].ShouldBeOfType<FunctionResultContent>().Result.ShouldBeAssignableTo<IList<AIContent>>()!;
        result[1].ShouldBeOfType<UriContent>();
    }

    [Fact]
    public async Task ReadAsync_AfterClaudeCodesOwnCompaction_BeginsWithItsSummary()
    {
        var document = await ReadAsync("claude-code-compacted.jsonl");
        document.Messages[0].Text.ShouldStartWith("This session is being continued");
        document.Messages.Count.ShouldBe(6);
    }

    [Fact]
    public async Task ReadAsync_SubagentFile_IsItsConversation() =>
        (await ReadAsync("claude-code-subagent.jsonl")).Messages.Count.ShouldBe(9);

    [Fact]
    public async Task ReadAsync_LoopOfParents_Ends()
    {
        using var input = new MemoryStream("""
            {"parentUuid":"b","type":"user","message":{"role":"user","content":"one"},"uuid":"a"}
            {"parentUuid":"a","type":"assistant","message":{"role":"assistant","content":[{"type":"text","text":"two"}]},"uuid":"b"}

            """u8.ToArray());
        (await Format.ReadAsync(input, TestContext.Current.CancellationToken)).Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task WriteAsync_SummaryForTheStart_TakesTheUuidOfTheLastLineItReplaces()
    {
        var bytes = SessionFixture.Bytes("claude-code.jsonl");
        var document = await ReadAsync("claude-code.jsonl");
        var lines = await WriteAsync(document, Summary(Enumerable.Range(1, 6)), from: 7, before: [0]);
        var summary = lines.Single(static line => line.Contains("isCompactSummary", StringComparison.Ordinal));
        summary.ShouldBe(
            """{"parentUuid":"00000002-aaaa-4bbb-8ccc-dddddddddddd","isSidechain":"""
                + """false,"userType":"external","cwd":"/home/ada/weather","sessionId":"5e551011-0000-4000-8000-000000000001","version":"2.1.39","gitBranch":"main","slug":"calm-river","type":"user","message":{"role":"user","content":"A summary."},"isVisibleInTranscriptOnly":true,"isCompactSummary":true,"uuid":"00000009-aaaa-4bbb-8ccc-dddddddddddd","timestamp":"2026-03-01T10:00:10.010Z"}""");
        var source = ClaudeCodeFile.Lines(bytes).ToHashSet(StringComparer.Ordinal);
        var changed = lines.Where(line => !source.Contains(line) && !ReferenceEquals(line, summary)).ToList();
        changed.ShouldHaveSingleItem();   // the progress line that hung on a replaced call
        changed[0].ShouldContain("PreToolUse");
        changed[0].ShouldStartWith("""{"parentUuid":"00000002-""");
    }

    [Fact]
    public async Task WriteAsync_RemovedLines_OnlyTheParentOfTheNextIsReplaced()
    {
        var document = await ReadAsync("claude-code.jsonl");
        var lines = await WriteAsync(document, null, from: 11, before: [0, 1, 2, 3, 4, 5, 6]);
        var source = ClaudeCodeFile.Lines(SessionFixture.Bytes("claude-code.jsonl"));
        var changed = lines.Except(source, StringComparer.Ordinal).ToList();
        changed.Count.ShouldBe(2);   // the progress of the removed call, and the line after the removed answer
        foreach (var line in changed)
        {
            var uuid = line[line.IndexOf("\"uuid\":", StringComparison.Ordinal)..];
            var original = source.Single(other => other.EndsWith(uuid, StringComparison.Ordinal));
            WithoutParent(line).ShouldBe(WithoutParent(original));
        }
    }

    [Fact]
    public async Task WriteAsync_ShortenedResult_LosesItsMirrorAndKeepsEverythingElse()
    {
        var document = await ReadAsync("claude-code.jsonl");
        var shorter = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("toolu_03", "cut")]);
        var lines = await WriteAsync(document, new OutgoingMessage(shorter, 8), from: 9, before: [0, 1, 2, 3, 4, 5, 6, 7]);
        var line =
            lines.Except(ClaudeCodeFile.Lines(SessionFixture.Bytes("claude-code.jsonl")), StringComparer.Ordinal).ShouldHaveSingleItem();
        line.ShouldBe(
            """{"parentUuid":"00000011-aaaa-4bbb-8ccc-dddddddddddd","isSidechain":"""
                + """false,"userType":"external","cwd":"/home/ada/weather","sessionId":"5e551011-0000-4000-8000-000000000001","version":"2.1.39","gitBranch":"main","slug":"calm-river","type":"user","message":{"role":"user","content":[{"tool_use_id":"toolu_03","type":"tool_result","content":"cut","is_error":true}]},"uuid":"00000012-aaaa-4bbb-8ccc-dddddddddddd","timestamp":"2026-03-01T10:00:13.013Z","sourceToolAssistantUUID":"00000010-aaaa-4bbb-8ccc-dddddddddddd"}""");
    }

    [Fact]
    public async Task WriteAsync_LastMessagesRemoved_LeafReferencesFollow()
    {
        var document = await ReadAsync("claude-code.jsonl");
        var lines = await WriteAsync(document, null, from: 99, before: [.. Enumerable.Range(0, 15)]);
        lines.Single(static line => line.Contains("last-prompt", StringComparison.Ordinal)).ShouldContain("\"leafUuid\":\"00000025-");
    }

    [Fact]
    public async Task WriteAsync_EverythingBehindAnAbandonedBranchRemoved_DoesNotReviveIt()
    {
        var document = await ReadAsync("claude-code.jsonl");
        using var output = new MemoryStream();
        await Format.WriteAsync(document, [new OutgoingMessage(document.Messages[0], 0)], output, TestContext.Current.CancellationToken);
        output.Position = 0;
        var again = await Format.ReadAsync(output, TestContext.Current.CancellationToken);
        again.Messages.ShouldHaveSingleItem().Text.ShouldBe(document.Messages[0].Text);
    }

    [Fact]
    public async Task WriteAsync_ChangedTextBlock_SplicesOnlyThatText()
    {
        var document = await ReadAsync("claude-code.jsonl");
        var source = document.Messages[11];
        var changed = new ChatMessage(ChatRole.User, [new TextContent("Mock \"it\".\n"), .. source.Contents.Skip(1)]);
        var lines = await WriteAsync(document, new OutgoingMessage(changed, 11), from: 12, before: [.. Enumerable.Range(0, 11)]);
        lines.Except(ClaudeCodeFile.Lines(SessionFixture.Bytes("claude-code.jsonl")), StringComparer.Ordinal).ShouldHaveSingleItem()
            .ShouldContain("""[{"type":"text","text":"Mock \"it\".\n"},{"type":"image","source":"""
                + """{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},{"type":"document",""");
    }

    [Fact]
    public async Task WriteAsync_SummaryOfEverything_IsARoot()
    {
        var document = await ReadAsync("claude-code-subagent.jsonl");
        var lines = await WriteAsync(document, Summary(Enumerable.Range(0, 9)), from: 99, before: []);
        lines.ShouldHaveSingleItem().ShouldStartWith("""{"parentUuid":null,"isSidechain":true,"agentId":"a881341",""");
    }

    private static OutgoingMessage Summary(IEnumerable<int> replaced) =>
        new(new ChatMessage(ChatRole.User, "A summary."), -1) { Replaces = [.. replaced] };

    private static string WithoutParent(string line) => line[line.IndexOf(",\"isSidechain\"", StringComparison.Ordinal)..];

    private static async Task<SessionDocument> ReadAsync(string fixture)
    {
        using var input = new MemoryStream(SessionFixture.Bytes(fixture));
        return await Format.ReadAsync(input, TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(SessionDocument document, OutgoingMessage? middle, int from, int[] before)
    {
        var all = document.Messages.Select(static (message, i) => new OutgoingMessage(message, i)).ToList();
        using var output = new MemoryStream();
        List<OutgoingMessage> outgoing = [.. before.Select(i => all[i])];
        if (middle is { } message)
            outgoing.Add(message);
        outgoing.AddRange(all.Skip(from));
        await Format.WriteAsync(document, outgoing, output, TestContext.Current.CancellationToken);
        return ClaudeCodeFile.Lines(output.ToArray());
    }
}
