using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>A receipt with where it belongs.</summary>
public sealed record ArchivedReceipt
{
    public required CompactionReceipt Receipt { get; init; }

    public required string SessionId { get; init; }

    /// <value>Names of the messages before, in order.</value>
    public required IReadOnlyList<Fingerprint> Before { get; init; }

    /// <value>
    /// The messages after, in order, their <see cref="ArchivedOutgoing.Message"/> always null: <see cref="IArchive.ReadAsync"/> has them.
    /// </value>
    public required IReadOnlyList<ArchivedOutgoing> After { get; init; }

    /// <value>Fingerprint of the owner's conversation.</value>
    public required Fingerprint History { get; init; }

    /// <value>Messages in it.</value>
    public required int HistoryCount { get; init; }

    /// <value>When it was undone; null while it stands.</value>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <value>Format of the session file that was compacted; null when there was none.</value>
    public string? DocumentFormat { get; init; }

    /// <value>Secrets that were replaced by placeholders when it was archived.</value>
    public int SecretsRedacted { get; init; }
}

/// <summary>By what a receipt is found.</summary>
public enum ReceiptKey
{
    /// <summary>The conversation before.</summary>
    Source,

    /// <summary>The conversation after.</summary>
    Result,

    /// <summary>The owner's conversation.</summary>
    History,
}

/// <summary>Where a handle leads.</summary>
/// <param name="ReceiptId">The compaction that cut it.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="Positions">Indexes in the conversation before, ascending.</param>
/// <param name="ContentIndex">Index of the one content in the one message; −1 for whole messages.</param>
public sealed record HandlePlace(string ReceiptId, string SessionId, IReadOnlyList<int> Positions, int ContentIndex);
