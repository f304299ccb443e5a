using Strata.Text;
using Strata.Text.Languages;
using Strata.Transcripts;

namespace Strata.Facts.Ledgers;

/// <summary>Collects what users said that holds on. Assistants, tools and harnesses never make a rule.</summary>
/// <remarks>
/// A statement told again moves to its newest place. One that changes an older one takes its place; where that is not certain both stay,
/// the newest last: a lost rule costs more than a stale one that is visibly older.
/// </remarks>
internal sealed class LedgerBuilder
{
    // Whoever sends more than this pastes, and no rule is read from it.
    private const int LongestTyped = 1500;
    private const int LinesTyped = 12;

    // Facts of older messages found no room for long; taking every sentence of a long chat apart would cost more than they are worth.
    private const int MessagesWithFacts = 500;

    private readonly List<(string Text, int Group, Handle Handle)> _messages = [];
    private readonly LedgerIndex _index = new();
    private readonly Dictionary<Handle, bool> _told = [];
    private readonly HashSet<Handle> _untold = [];

    /// <summary>An entry that an earlier summary carried; it keeps its words and its place before all new ones.</summary>
    public void Carry(string text, Handle? handle, StatementKind kind) =>
        _index.Carry(new LedgerDraft(kind, -1, handle, Sentences(text).Select(LedgerStatement.Of), 1, text));

    /// <summary>Takes what a user wrote, injected text taken off already.</summary>
    public void Read(string text, int group, Handle handle)
    {
        if (text.Length <= LongestTyped && text.AsSpan().Count('\n') < LinesTyped)
            _messages.Add((text, group, handle));
    }

    public Ledger Build()
    {
        for (var i = 0; i < _messages.Count; i++)
        {
            var (text, group, handle) = _messages[i];
            Read(text, group, handle, withFacts: i >= _messages.Count - MessagesWithFacts);
        }

        _messages.Clear();
        return new Ledger(_index.Entries, _told, _index.Stale);
    }

    private void Read(string text, int group, Handle handle, bool withFacts)
    {
        var drafts = new List<LedgerDraft>();
        LedgerDraft? open = null;
        var isTold = true;
        var languages = MessageLanguages.Of(text);
        foreach (var sentence in Sentences(text))
        {
            open = Read(sentence, MessageLanguages.Of(sentence, languages), open, group, handle, withFacts, drafts);
            isTold &= open is not null;
        }

        // One group may hold several texts of the user: it is told when all of them are.
        if (isTold && !_untold.Contains(handle))
            _told[handle] = drafts.TrueForAll(draft => draft.Kind == StatementKind.Rule) && _told.GetValueOrDefault(handle, true);
        else if (_untold.Add(handle))
            _told.Remove(handle);
        foreach (var draft in drafts)
            _index.Add(draft);
    }

    // A sentence that says nothing alone, and a fact after a fact, belong to the entry before.
    private static LedgerDraft? Read(
        string sentence, LanguageSet languages, LedgerDraft? open, int group, Handle handle, bool withFacts, List<LedgerDraft> drafts)
    {
        if (!StatementGate.IsReadable(sentence))
            return null;
        var said = EntryShortener.WithoutHeader(sentence);
        var cues = StatementGate.CuesOf(said, languages);
        var isRule = StatementGate.IsRule(said, cues);
        if (open is not null && (!isRule || open.Kind == StatementKind.Rule) && StatementGate.Depends(sentence, cues))
        {
            open.Append(LedgerStatement.Of(sentence, languages), StatementKind.None);
            return open;
        }

        if (!isRule && !(withFacts && StatementGate.MayBeFact(said, cues)))
            return null;
        var statement = LedgerStatement.Of(sentence, languages);
        var weight = isRule ? 1 : StatementGate.FactWeight(statement);
        if (weight == 0)
            return null;
        if (!isRule && open is { Kind: StatementKind.Fact })
        {
            open.Append(statement, StatementKind.Fact);
            return open;
        }

        var draft = new LedgerDraft(isRule ? StatementKind.Rule : StatementKind.Fact, group, handle, [statement], weight);
        drafts.Add(draft);
        return draft;
    }

    private static IEnumerable<string> Sentences(string text) =>
        SentenceSplitter.Split(text).Select(range => OneLine.Of(text.AsSpan(range)));
}
