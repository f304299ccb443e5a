using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.AI;
using Strata.Archives.Codec;
using Strata.Secrets;
using Strata.Summaries;

namespace Strata.Archives;

/// <summary>Messages as JSON and back.</summary>
/// <remarks>
/// Thread-safe. A message in which no secret was replaced comes back with the fingerprint that it had, text byte for byte, half surrogate
/// pairs included. Not kept: <c>RawRepresentation</c> of contents that are understood, and exceptions. Call ids, tool names, signatures and
/// media are never searched for secrets.
/// </remarks>
public sealed class ArchiveCodec
{
    private readonly Redaction? _redact;

    /// <param name="redactSecrets">Whether placeholders take the places of secrets: <see cref="SecretRedactor"/>.</param>
    public ArchiveCodec(bool redactSecrets = true)
        : this(redactSecrets ? SecretRedactor.RedactNamed : null)
    {
    }

    internal ArchiveCodec(Redaction? redact) => _redact = redact;

    /// <summary>Writes a message. A text in which secrets could not be looked for is withheld, and counts as one.</summary>
    public EncodedMessage Encode(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var scrubber = new MessageScrubber(_redact);
        var sink = new JsonSink();
        new MessageWriter(sink, scrubber).Write(message);
        return new EncodedMessage(sink.Written, scrubber.Count);
    }

    /// <summary>A text without its secrets; withheld where they could not be looked for.</summary>
    public string Redact(string text, out int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scrubber = new MessageScrubber(_redact);
        var redacted = scrubber.Scrub(null, text);
        count = scrubber.Count;
        return redacted;
    }

    /// <summary>A session file without its secrets; the same instance where it holds none, or is no text.</summary>
    public ArchivedDocument Redact(ArchivedDocument document, out int count)
    {
        ArgumentNullException.ThrowIfNull(document);
        count = 0;
        if (_redact is null || !Utf8.IsValid(document.Bytes.Span))
            return document;
        var redacted = Redact(Encoding.UTF8.GetString(document.Bytes.Span), out count);
        return count == 0 ? document : document with { Bytes = Encoding.UTF8.GetBytes(redacted) };
    }

    /// <summary>
    /// The texts of a compaction that stand beside its messages and its file, without their secrets: the session's name, standing
    /// instructions, reasons, and what models wrote. Messages and files have methods of their own.
    /// </summary>
    public ArchivedCompaction Redact(ArchivedCompaction compaction)
    {
        ArgumentNullException.ThrowIfNull(compaction);
        if (_redact is null)
            return compaction;
        return compaction with
        {
            SessionName = compaction.SessionName is { } name ? Clean(name) : null,
            Ledger = [.. compaction.Ledger.Select(record => record with { Text = Clean(record.Text) })],
            Receipt = compaction.Receipt with
            {
                Cuts = [.. compaction.Receipt.Cuts.Select(cut => cut with { Reason = Clean(cut.Reason) })],
                Nodes = [.. compaction.Receipt.Nodes.Select(Redact)],
            },
            Document = compaction.Document is { Name: { } file } document ? document with { Name = Clean(file) } : compaction.Document,
        };
    }

    /// <summary>A summary's node without the secrets of its text and of its failures.</summary>
    public SummaryNode Redact(SummaryNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _redact is null ? node : node with
        {
            Text = Clean(node.Text),
            Failures = [.. node.Failures.Select(failure => failure with { Reason = Clean(failure.Reason) })],
        };
    }

    private string Clean(string text) => Redact(text, out _);

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    public static ChatMessage Decode(ReadOnlySpan<byte> json) => MessageReader.Read(json);
}
