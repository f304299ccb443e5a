using Strata.Transcripts;

namespace Strata.Formats;

/// <summary>Reads one kind of session file or wire body into messages and writes messages back.</summary>
/// <remarks>
/// Reading then writing all messages unchanged gives the same bytes. What a format does not understand (unknown fields, lines, blocks) is
/// kept as it is. A broken place is reported in <see cref="SessionDocument.Problems"/> and everything readable around it is read; only a
/// file with nothing readable in it throws <see cref="SessionFormatException"/>. Formats are stateless and thread-safe.
/// </remarks>
public interface ISessionFormat
{
    /// <summary>The name users type, e.g. <c>claude-code</c>.</summary>
    string Name { get; }

    /// <summary>The extension of the format's files with its dot, e.g. <c>.jsonl</c>.</summary>
    string FileExtension { get; }

    /// <summary>
    /// How sure the format is that <paramref name="head"/>, the first bytes of a file (up to 64 KiB), is its own: 0 (no) to 1 (certain).
    /// </summary>
    double Detect(ReadOnlySpan<byte> head);

    /// <summary>Reads to the end of <paramref name="input"/>, which stays open.</summary>
    /// <exception cref="SessionFormatException">Nothing in the input is readable in this format.</exception>
    ValueTask<SessionDocument> ReadAsync(Stream input, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes <paramref name="messages"/> in this format. From a <paramref name="document"/> of the same format unchanged messages and
    /// everything that is not a message are written back byte for byte; from another format everything is written new.
    /// <paramref name="output"/> stays open.
    /// </summary>
    ValueTask WriteAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken = default);
}
