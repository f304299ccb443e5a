using Strata.Transcripts;

namespace Strata.Facts.Ledgers;

/// <summary>What the user said that holds on, word for word.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="Told">Messages of which every sentence was taken up, also where something newer has taken its place since; and whether all
/// were rules.</param>
/// <param name="Stale">Statements that newer ones took the place of.</param>
internal sealed record Ledger(IReadOnlyList<LedgerEntry> Entries, IReadOnlyDictionary<Handle, bool> Told, IReadOnlyList<string> Stale);

/// <summary>
/// One entry: the user's own sentence, or a few that need each other, white space folded. The group is -1 when an earlier summary carried
/// it here; the handle is that group's, null when it is no longer known. The weight is what it is worth beside others: 1 for a rule.
/// </summary>
internal sealed record LedgerEntry(string Text, int Group, Handle? Handle, StatementKind Kind, double Weight);
