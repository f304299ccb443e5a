using Strata.Summaries.Extractive;
using Strata.Summaries.Languages;
using Strata.Transcripts;

namespace Strata.Summaries.Ledgers;

/// <summary>Collects the standing rules of user messages. Assistants, tools and harnesses never make a rule.</summary>
/// <remarks>
/// A repeated rule moves to its newest place. A rule that says the same with another value stands below the older one: a lost rule costs more
/// than a stale one that is visibly older.
/// </remarks>
internal sealed class LedgerBuilder
{
    // Whoever sends more than this pastes; then only words that make a rule anywhere (never, always, from now on) count, and only at its ends.
    private const int LongestTyped = 1500;
    private const int LinesTyped = 12;

    private readonly List<LedgerEntry> _entries = [];

    /// <summary>A rule that an earlier summary carried; it keeps its words and its place before all new ones.</summary>
    public void Carry(string text, Handle? handle) => Put(new LedgerEntry(text, -1, handle));

    /// <summary>Reads what a user wrote, injected text taken off already.</summary>
    public void Read(string text, int group, Handle handle)
    {
        if (text.Length > LongestTyped || text.AsSpan().Count('\n') >= LinesTyped)
            return;
        foreach (var range in SentenceSplitter.Split(text))
        {
            var sentence = OneLine.Of(text.AsSpan(range));
            if (RuleGate.IsRule(sentence))
                Put(new LedgerEntry(sentence, group, handle));
        }
    }

    public Ledger Build() => new([.. _entries]);

    private void Put(LedgerEntry entry)
    {
        // A rule told again is the same rule: byte for byte, so nothing that differs is ever merged.
        if (entry.Group >= 0)
            _entries.RemoveAll(known => string.Equals(known.Text, entry.Text, StringComparison.OrdinalIgnoreCase));
        else if (_entries.Exists(known => known.Text == entry.Text))
            return;
        _entries.Add(entry);
    }
}
