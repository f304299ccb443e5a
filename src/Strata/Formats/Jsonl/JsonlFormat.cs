using System.Text.Json;
using Strata.Transcripts;

namespace Strata.Formats.Jsonl;

/// <summary>
/// What the formats of JSON lines share: every entry of the file becomes one line, and a line that cannot be read keeps its place.
/// </summary>
internal abstract class JsonlFormat<TLine, TDocument> : ISessionFormat
    where TDocument : SessionDocument
{
    public abstract string Name { get; }

    public string FileExtension => ".jsonl";

    /// <summary>Stands for an entry that is broken.</summary>
    protected abstract TLine Unreadable { get; }

    /// <summary>What a person is told when no line is known.</summary>
    protected abstract string NothingKnown { get; }

    public abstract double Detect(ReadOnlySpan<byte> head);

    public async ValueTask<SessionDocument> ReadAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var lines = new List<TLine>();
        var file = await JsonlFile.ReadAsync(input, Visit, cancellationToken).ConfigureAwait(false);
        Pad(file.Entries.Count);
        return lines.Exists(IsKnown) ? Open(file, lines) : throw new SessionFormatException(NothingKnown);

        void Visit(int entry, JsonElement line)
        {
            Pad(entry);
            lines.Add(Read(line));
        }

        void Pad(int count)
        {
            while (lines.Count < count)
                lines.Add(Unreadable);
        }
    }

    public ValueTask WriteAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(output);
        return document is TDocument own
            ? WriteOwnAsync(own, messages, output, cancellationToken)
            : WriteNewAsync(document, messages, output, cancellationToken);
    }

    protected abstract TLine Read(JsonElement line);

    /// <summary>Whether the line is one that only this format has.</summary>
    protected abstract bool IsKnown(TLine line);

    protected abstract TDocument Open(JsonlFile file, List<TLine> lines);

    protected abstract ValueTask WriteOwnAsync(
        TDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken);

    protected abstract ValueTask WriteNewAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken);
}
