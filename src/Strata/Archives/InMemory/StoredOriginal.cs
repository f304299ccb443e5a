using Strata.Transcripts;

namespace Strata.Archives.InMemory;

/// <summary>A message as it is kept.</summary>
internal sealed class StoredOriginal(Fingerprint fingerprint, EncodedMessage encoded, DateTimeOffset at, bool isMade)
{
    private IReadOnlyCollection<string>? _terms;

    public Fingerprint Fingerprint => fingerprint;

    public EncodedMessage Encoded => encoded;

    public DateTimeOffset At => at;

    /// <summary>Whether a compaction wrote it: it says nothing that its originals do not.</summary>
    public bool IsMade => isMade;

    public IReadOnlyCollection<string> Terms =>
        _terms ??= SearchTerms.Of(SearchText.Of(ArchiveCodec.Decode(encoded.Json.Span))).ToHashSet(StringComparer.Ordinal);

    public ArchivedOriginal Read() => new(fingerprint, ArchiveCodec.Decode(encoded.Json.Span), encoded.SecretsRedacted);
}
