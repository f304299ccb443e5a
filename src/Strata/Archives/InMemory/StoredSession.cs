using Strata.Transcripts;

namespace Strata.Archives.InMemory;

/// <summary>A session and all that hangs on it.</summary>
internal sealed class StoredSession(string id, DateTimeOffset createdAt)
{
    public string Id => id;

    public string? Name { get; set; }

    public string? AgentId { get; set; }

    public DateTimeOffset CreatedAt => createdAt;

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Which of the store's changes was its last.</summary>
    public long LastChange { get; set; }

    public List<Fingerprint> Log { get; } = [];

    public Dictionary<string, long> Appends { get; } = new(StringComparer.Ordinal);

    public List<StoredReceipt> Receipts { get; } = [];

    public IReadOnlyList<LedgerRecord> Ledger { get; set; } = [];

    /// <summary>All that it holds, what compactions made included.</summary>
    public HashSet<Fingerprint> Messages { get; } = [];
}
