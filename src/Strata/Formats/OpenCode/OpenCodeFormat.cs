using Microsoft.Extensions.AI;
using Strata.Formats.Json;
using Strata.Transcripts;

namespace Strata.Formats.OpenCode;

/// <summary>
/// What <c>opencode export</c> writes and <c>opencode import</c> reads: one document of a session and its messages, each of them in
/// parts.
/// </summary>
internal sealed class OpenCodeFormat : BodyFormat
{
    public override string Name => "opencode";

    protected override string[] ListNames { get; } = ["messages"];

    protected override string[] ElementSigns => ["*info{"];

    protected override double Score(BodyEvidence evidence) =>
        !evidence.Has("/messages[") || !evidence.Has("*info{") ? 0 : evidence.Has("*parts[") ? 0.97 : evidence.Has("/info{") ? 0.9 : 0;

    internal override ElementParts ReadElement(JsonValue element, ReadingContext context) =>
        ReadMessages(element, context) is [var first, ..] ? first : new ElementParts(ChatRole.User, []);

    internal override IReadOnlyList<ElementParts> ReadMessages(JsonValue element, ReadingContext context) =>
        OpenCodeReader.Read(element, context);

    internal override IReadOnlyList<int>? LiveElements(JsonBody body) => OpenCodeHistory.Of(body).Live;

    // What opencode compacted itself would come to life again where its summary is cut.
    internal override bool KeepsAsides(BodyDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        var history = OpenCodeHistory.Of(document.Body);
        return history.Request < 0 || (IsKept(history.Request) && IsKept(history.Summary));

        bool IsKept(int element) => messages.Any(message => message.SourceIndex >= 0 && document.ElementOf(message.SourceIndex) == element);
    }

    internal override IReadOnlyList<OutgoingMessage> Complete(BodyDocument document, IReadOnlyList<OutgoingMessage> messages) =>
        OpenCodeWriter.FoldResults(BehindOwnSummary(document, messages));

    internal override IReadOnlyList<(int Start, int End, byte[] Bytes)> Relink(BodyDocument document, int element) =>
        OpenCodeHistory.Of(document.Body).Relink(document.Body, element);

    internal override IEnumerable<byte[]> WriteInserted(ChatMessage message, Insertion place) =>
        [OpenCodeWriter.Write(message, OpenCodeFrame.For(message, place))];

    internal override IEnumerable<byte[]> WriteAll(SessionDocument document, IReadOnlyList<ChatMessage> messages)
    {
        var session = OpenCodeIds.Session(messages);
        var user = "";
        var number = 0;
        var time = 0L;
        foreach (var message in OpenCodeWriter.FoldResults(ToolPairs.Arrange(Instructions.AsMessage(document, messages))))
        {
            time = Math.Max(time + 1, message.CreatedAt?.ToUnixTimeMilliseconds() ?? 0);
            var id = OpenCodeIds.Message(time, number++, message);
            if (message.Role != ChatRole.Assistant)
                user = id;
            yield return OpenCodeWriter.Write(message, new OpenCodeFrame(id, session, user, time, OpenCodeModel.Of(document.Model), ""));
        }
    }

    internal override IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context) =>
        [OpenCodeWriter.Write(message,
            new OpenCodeFrame(OpenCodeIds.Message(0, 0, message), OpenCodeIds.Session([message]), "", 0, OpenCodeModel.Of(null), ""))];

    internal override byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context) => null;

    internal override IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages) =>
        [("info", OpenCodeWriter.Session(OpenCodeIds.Session(messages), messages, OpenCodeModel.Of(document.Model)))];

    protected override ChatOptions? ReadOptions(JsonFields root) => null;

    protected override string? ReadModel(JsonBody body) =>
        body.Elements.Select(static element => element.Field("info"u8).Field("modelID"u8).Text)
            .LastOrDefault(static model => model is not null)
        ?? body.Root.Field("info"u8).Field("model"u8).Field("id"u8).Text;

    protected override string? ReadSessionId(JsonBody body) => body.Root.Field("info"u8).Field("id"u8).Text;

    protected override int ReadInput(JsonValue element)
    {
        var tokens = element.Field("info"u8).Field("tokens"u8);
        var cache = tokens.Field("cache"u8);
        return (int)Math.Min(
            (long)tokens.Field("input"u8).Amount + cache.Field("read"u8).Amount + cache.Field("write"u8).Amount, int.MaxValue);
    }

    // What stands before opencode's own summary is not sent: a new message comes behind it.
    private static IReadOnlyList<OutgoingMessage> BehindOwnSummary(BodyDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        var history = OpenCodeHistory.Of(document.Body);
        if (history.Request < 0 || messages.Count == 0 || messages[0].SourceIndex >= 0)
            return messages;
        var request = messages.TakeWhile(message => message.SourceIndex < 0 || document.ElementOf(message.SourceIndex) != history.Request)
            .Count();
        var summary = messages.TakeWhile(message => message.SourceIndex < 0 || document.ElementOf(message.SourceIndex) != history.Summary)
            .Count();
        return request == messages.Count || summary == messages.Count
            ? messages
            : [.. messages.Skip(request).Take(summary - request + 1), .. messages.Take(request), .. messages.Skip(summary + 1)];
    }
}
