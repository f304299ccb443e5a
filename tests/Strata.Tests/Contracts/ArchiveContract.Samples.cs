using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

public abstract partial class ArchiveContract
{
    protected static IReadOnlyList<ArchivedMessage> Named(IReadOnlyList<ChatMessage> messages)
    {
        var transcript = Transcript.Create(messages);
        return [.. messages.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message))];
    }

    /// <summary>A conversation of user and assistant messages that no other name's has.</summary>
    protected static ChatMessage[] Talk(string name, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"{name} says {i}"))];

    /// <summary>A compaction that puts one summary in the place of all but the last message.</summary>
    protected static ArchivedCompaction Compaction(string session, IReadOnlyList<ChatMessage> messages, string id = "000000000001")
    {
        var transcript = Transcript.Create(messages);
        var summary = new ChatMessage(ChatRole.User,
            $"{SummaryHeader.Write(messages.Count - 1, transcript.Groups[0].Handle, transcript.Groups[^1].Handle)}\n{messages.Count} "
                + "messages, and one summary");
        ChatMessage[] after = [summary, messages[^1]];
        var compacted = Transcript.Create(after);
        return new ArchivedCompaction
        {
            SessionId = session,
            Receipt = new CompactionReceipt
            {
                Id = id, Source = transcript.Fingerprint, Result = compacted.Fingerprint, At = Start, Strategy = "summary",
                TokensBefore = 1_000, TokensAfter = 100,
                Rungs = [], Cuts = [], WrittenBy = [],
            },
            Before = Named(messages),
            After =
            [
                new ArchivedOutgoing(compacted.MessageFingerprint(0), summary, -1, -1, [.. Enumerable.Range(0, messages.Count - 1)]),
                new ArchivedOutgoing(compacted.MessageFingerprint(1), null, messages.Count - 1, messages.Count - 1, []),
            ],
            Handles = [.. transcript.Groups.SkipLast(1).Select(group => new ArchivedHandle(group.Handle, group.MessageIndexes))
                .DefaultIfEmpty(new ArchivedHandle(transcript.Groups[0].Handle, [0]))],
            History = transcript.Fingerprint,
            HistoryCount = messages.Count,
        };
    }

    // Equal in every value, whatever lists hold them.
    private static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static Fingerprint Unknown(int n) => Fingerprint.Of(BitConverter.GetBytes(n));

    private static async Task ShouldHoldAsync(IArchive archive, IReadOnlyList<ChatMessage> messages)
    {
        var named = Named(messages);
        var read = await archive.ReadAsync([.. named.Select(message => message.Fingerprint)], Cancellation);
        for (var i = 0; i < named.Count; i++)
        {
            var original = read[i].ShouldNotBeNull($"message {i}");
            original.Fingerprint.ShouldBe(named[i].Fingerprint);
            original.SecretsRedacted.ShouldBe(0);
            Named([original.Message])[0].Fingerprint.ShouldBe(named[i].Fingerprint, $"message {i}");
            original.Message.Text.ShouldBe(named[i].Message.Text);
            original.Message.MessageId.ShouldBe(named[i].Message.MessageId);
        }
    }

    private static ChatMessage[] EveryKind(string name = "kind")
    {
        using var arguments = System.Text.Json.JsonDocument.Parse("""{"n":1.50,"list":[1,"two",null,{"x":"\u00fc"}],"half":"\ud83d"}""");
        return
        [
            new(ChatRole.System, $"You are {name}."),
            new(ChatRole.User,
                $"{name}: text with \0 NUL, \ud83d half a pair, 😀 a whole one, \r\n lines, \u2028 and ‮ marks")
                {
                    AuthorName = "Ann",
                    MessageId = "m1",
                    CreatedAt = Start
                },
            new(ChatRole.Assistant,
                [new TextReasoningContent($"{name} thinks") { ProtectedData = "sk-ant-c2lnbmVkIGJ5IHRoZSBwcm92aWRlcg0123456789" },
                    new TextContent("")]),
            new(ChatRole.Assistant,
                [new FunctionCallContent("call_1", "run",
                    new Dictionary<string, object?>
                    {
                        ["command"] = $"echo {name}",
                        ["n"] = 1.5,
                        ["flag"] = true,
                        ["none"] = null,
                        ["json"] = arguments.RootElement.Clone()
                    })]),
            new(ChatRole.Tool,
                [new FunctionResultContent("call_1", $"{name} printed this\n"),
                    new FunctionResultContent("call_2", arguments.RootElement.Clone())]),
            new(ChatRole.Tool,
                [new FunctionResultContent(
                    "call_3", new List<AIContent> { new TextContent(name), new DataContent(new byte[] { 9, 8, 7 }, "image/png") })]),
            new(ChatRole.User,
                [new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://example.com/a?b=c", "image/png"),
                    new HostedFileContent("file_1")]),
            new(ChatRole.Assistant,
                [new ErrorContent($"{name} failed") { ErrorCode = "E1", Details = "why" },
                    new AIContent { RawRepresentation = arguments.RootElement.Clone() }]),
            new(ChatRole.Assistant, [new FunctionCallContent("call_open", "wait")]),
            new(ChatRole.User, string.Concat(Enumerable.Repeat($"{name} a line of a long text that goes on\n", 20_000))),
            new(ChatRole.User, "continue"),
            new(ChatRole.User, "continue"),
        ];
    }
}
