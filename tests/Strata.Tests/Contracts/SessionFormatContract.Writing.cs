using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

public abstract partial class SessionFormatContract
{
    protected async Task<SessionDocument> ReadAsync(byte[] bytes)
    {
        using var input = new MemoryStream(bytes);
        return await Format.ReadAsync(input, Cancellation);
    }

    protected async Task<byte[]> WriteAsync(SessionDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        using var output = new MemoryStream();
        await Format.WriteAsync(document, messages, output, Cancellation);
        return output.ToArray();
    }

    protected static IReadOnlyList<OutgoingMessage> Unchanged(SessionDocument document) =>
        [.. document.Messages.Select(static (message, i) => new OutgoingMessage(message, i))];

    protected static IReadOnlyList<OutgoingMessage> Without(SessionDocument document, IReadOnlyList<int> removed) =>
        [.. Unchanged(document).Where(message => !removed.Contains(message.SourceIndex))];

    /// <summary>All messages but <paramref name="replaced"/>, for which a summary stands where the last of them was.</summary>
    protected static IReadOnlyList<OutgoingMessage> WithSummary(SessionDocument document, IReadOnlyList<int> replaced)
    {
        var summary = new OutgoingMessage(new ChatMessage(ChatRole.User, SummaryText), -1) { Replaces = replaced };
        return
        [
            .. Unchanged(document).Take(replaced[^1]).Where(message => !replaced.Contains(message.SourceIndex)),
            summary,
            .. Unchanged(document).Skip(replaced[^1] + 1),
        ];
    }

    /// <summary>The message with its tool results cut short; null when it has none.</summary>
    protected static ChatMessage? Shorten(ChatMessage message) =>
        message.Contents.Any(static content => content is FunctionResultContent)
            ? new ChatMessage(message.Role, [.. message.Contents.Select(static content =>
                content is FunctionResultContent result ? new FunctionResultContent(result.CallId, Shortened) : content)])
            : null;

    /// <summary>Writes, reads back, and compares with what was meant.</summary>
    protected async Task<byte[]> CheckAsync(string what, SessionDocument document, IReadOnlyList<OutgoingMessage> outgoing)
    {
        var before = await WriteAsync(document, Unchanged(document));
        var after = await WriteAsync(document, outgoing);
        if (outgoing.Count == 0)
            return after;
        var again = await ReadAsync(after);
        var expected = ReadBack([.. outgoing.Select(static message => message.Message)]);
        SessionFixture.Canonical(again.Messages).ShouldBe(SessionFixture.Canonical(expected), what);
        again.Problems.Count.ShouldBe(document.Problems.Count, what);
        (await WriteAsync(again, Unchanged(again))).ShouldBe(after, what);
        Check(before, after);
        return after;
    }

    private sealed class ForeignDocument : SessionDocument
    {
        public override string Format => "foreign";

        public override IReadOnlyList<ChatMessage> Messages { get; } =
        [
            new(ChatRole.User, "Which of the two files is longer?"),
            new(ChatRole.Assistant,
            [
                new TextContent("I look at both."),
                new FunctionCallContent("call_1", "read", new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = "a.txt" }),
                new FunctionCallContent(
                    "call_2", "read", new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = "b \"c\".txt", ["limit"] = 5 }),
            ]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "one\ntwo")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_2", "three")]),
            new(ChatRole.Assistant, "a.txt is longer."),
            new(ChatRole.User, "Thanks \ud83d\ude80"),
        ];

        public override string PlaceOf(int messageIndex) => $"item {messageIndex}";
    }
}
