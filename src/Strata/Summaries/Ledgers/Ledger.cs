using Strata.Transcripts;

namespace Strata.Summaries.Ledgers;

/// <summary>The user's standing rules, word for word, oldest first.</summary>
internal sealed record Ledger(IReadOnlyList<LedgerEntry> Entries);

/// <summary>
/// One rule: the user's own sentence, whitespace folded. The group is -1 when an earlier summary carried it here; the handle is that group's,
/// null when it is no longer known.
/// </summary>
internal sealed record LedgerEntry(string Text, int Group, Handle? Handle);
