using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Formats.Json;

/// <summary>What the formats share whose sessions are one JSON document: reading element by element, splicing, conversion.</summary>
internal abstract class BodyFormat : ISessionFormat
{
    public abstract string Name { get; }

    public string FileExtension => ".json";

    /// <summary>Whose signed reasoning the format's bodies carry; null when there is no such vendor.</summary>
    internal virtual ReasoningVendor? SignedBy => null;

    /// <summary>The names that the list of messages may have in the root object, the preferred first.</summary>
    protected abstract string[] ListNames { get; }

    protected virtual bool AllowsString => false;

    /// <summary>Members of which an element must show one to be a message, as <see cref="BodyEvidence.Has"/> takes them.</summary>
    protected virtual string[] ElementSigns => ["*role\"", "*type\""];

    /// <summary>What an element says that has lost all its text; a vendor may refuse the empty string.</summary>
    internal virtual string EmptyText => "";

    public double Detect(ReadOnlySpan<byte> head) => Detect(BodyEvidence.Collect(head));

    /// <summary>The same from what a whole document showed.</summary>
    internal double Detect(BodyEvidence evidence) =>
        (evidence.HasElements && !evidence.Has(ElementSigns)) || OtherShapes.Describe(evidence) is not null ? 0 : Score(evidence);

    public async ValueTask<SessionDocument> ReadAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var bytes = await BodyStream.ReadAsync(input, cancellationToken).ConfigureAwait(false);
        return Read(JsonBody.Parse(bytes, Name, ListNames, AllowsString));
    }

    public async ValueTask WriteAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(output);
        var pieces = document is BodyDocument own && string.Equals(own.Format, Name, StringComparison.Ordinal)
            ? BodySplicer.Splice(this, own, messages)
            : BodyConversion.Write(this, document, messages);
        foreach (var piece in pieces)
            await output.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    protected abstract double Score(BodyEvidence evidence);

    /// <summary>What an element holds. Reading the same element again gives the same blocks in the same order.</summary>
    internal abstract ElementParts ReadElement(JsonValue element, ReadingContext context);

    /// <summary>The messages that an element holds: one, but for formats that keep a call and its result together.</summary>
    internal virtual IReadOnlyList<ElementParts> ReadMessages(JsonValue element, ReadingContext context) => [ReadElement(element, context)];

    /// <summary>The elements of the live conversation in its order; null for all in the order of the document.</summary>
    internal virtual IReadOnlyList<int>? LiveElements(JsonBody body) => null;

    /// <summary>
    /// What has to change in an element that is kept where anything of the document changes: stretches of bytes and what stands there
    /// instead.
    /// </summary>
    internal virtual IReadOnlyList<(int Start, int End, byte[] Bytes)> Relink(BodyDocument document, int element) => [];

    /// <summary>Whether the elements that are no messages are written back; where they would come to life again they are not.</summary>
    internal virtual bool KeepsAsides(BodyDocument document, IReadOnlyList<OutgoingMessage> messages) => true;

    /// <summary>The elements of a message that the document does not hold, written to stand between two others.</summary>
    internal virtual IEnumerable<byte[]> WriteInserted(ChatMessage message, Insertion place) =>
        WriteElements(message, ConversionContext.SameFormat);

    /// <summary>The elements of a whole conversation of another format.</summary>
    internal virtual IEnumerable<byte[]> WriteAll(SessionDocument document, IReadOnlyList<ChatMessage> messages)
    {
        var context = ContextFor(document, messages);
        return Arrange(messages, document).SelectMany(message => WriteElements(message, context));
    }

    /// <summary>The elements that say what <paramref name="message"/> says, written new.</summary>
    internal abstract IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context);

    /// <summary>A content as an item of an element's content list; null when the format has no such item.</summary>
    internal abstract byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context);

    /// <summary>The name of the list in a body that is written new.</summary>
    internal string ListName => ListNames[0];

    /// <summary>The root members that stand before the list of messages in a body that is written new.</summary>
    internal abstract IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages);

    /// <summary>The messages of another format in the order and the grouping that the vendor wants.</summary>
    internal virtual IReadOnlyList<ChatMessage> Arrange(IEnumerable<ChatMessage> messages, SessionDocument document) =>
        ToolPairs.Arrange(messages);

    internal virtual ConversionContext ContextFor(SessionDocument source, IReadOnlyList<ChatMessage> messages) =>
        new(KeepsReasoningOf(source));

    /// <summary>Whether signed reasoning of <paramref name="source"/> is worth something in this format.</summary>
    protected bool KeepsReasoningOf(SessionDocument source) => SignedBy is not null && source.SignedBy == SignedBy;

    /// <summary>The outgoing messages with what the vendor demands beside them.</summary>
    internal virtual IReadOnlyList<OutgoingMessage> Complete(BodyDocument document, IReadOnlyList<OutgoingMessage> messages) => messages;

    /// <summary>The value beside the messages that has to change where these are written; null when all stays.</summary>
    internal virtual RootEdit? EditRoot(BodyDocument document, IReadOnlyList<OutgoingMessage> messages) => null;

    protected abstract ChatOptions? ReadOptions(JsonFields root);

    protected virtual string? ReadModel(JsonBody body) => body.Root.Field("model"u8).Text;

    protected virtual string? ReadSessionId(JsonBody body) => null;

    /// <summary>Input tokens, cached ones included, that an element records of the request which it answers; 0 for none.</summary>
    protected virtual int ReadInput(JsonValue element) => 0;

    private BodyDocument Read(JsonBody body)
    {
        var context = new ReadingContext();
        var messages = new List<ChatMessage>(body.Elements.Count);
        var elements = new List<int>(body.Elements.Count);
        foreach (var i in LiveElements(body) ?? [.. Enumerable.Range(0, body.Elements.Count)])
        {
            if (!body.Readable[i])
                continue;
            context.Enter(i, body.PlaceOf(i));
            foreach (var parts in ReadMessages(body.Elements[i], context))
            {
                messages.Add(parts.ToMessage());
                elements.Add(i);
            }
        }

        return new BodyDocument(Name, body, messages, elements, [.. body.Problems, .. context.Problems])
        {
            ReadModel = ReadModel(body),
            ReadOptions = ReadOptions(body.Root.Fields),
            ReadSessionId = ReadSessionId(body),
            ReadInput = ReadInput,
            ReadSignedBy = SignedBy,
            Root = EditRoot,
        };
    }
}
