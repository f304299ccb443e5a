using Strata.Transcripts;

namespace Strata.Facts.Ledgers;

/// <summary>
/// An entry while the session is read: statements can still be added to it, and taken out when newer ones take their place.
/// </summary>
internal sealed class LedgerDraft(
    StatementKind kind, int group, Handle? handle, IEnumerable<LedgerStatement> statements, double weight, string? text = null)
{
    private const int SaysSomethingAlone = 6;   // words

    private readonly List<LedgerStatement> _statements = [.. statements];
    private string? _text = text;

    public StatementKind Kind { get; private set; } = kind;

    public int Group => group;

    public IReadOnlyList<LedgerStatement> Statements => _statements;

    /// <summary>What a later sentence without a value of its own says ("Next step is …") is about the first; it goes with it.</summary>
    public IEnumerable<LedgerStatement> Replaceable =>
        _statements.Where((statement, i) => i == 0 || statement.Values.Any(value => value.IsHard));

    public bool IsDead { get; private set; }

    public string Text => _text ??= string.Join(' ', _statements.Select(statement => statement.Text));

    public LedgerEntry Entry => new(Text, group, handle, Kind, weight);

    public void Append(LedgerStatement statement, StatementKind kind)
    {
        _statements.Add(statement);
        _text = null;
        RaiseTo(kind);
    }

    /// <summary>Who takes a rule's place is a rule.</summary>
    public void RaiseTo(StatementKind kind) => Kind = kind > Kind ? kind : Kind;

    public void Kill() => IsDead = true;

    /// <summary>Takes a stale statement out. What is left stays only if it still says something without it.</summary>
    public void Retire(LedgerStatement stale)
    {
        _statements.Remove(stale);
        _text = null;
        _statements.RemoveAll(rest => StatementGate.Depends(rest.Text, rest.Cues)
            || (rest.Words.Count <= SaysSomethingAlone && !rest.Values.Any(value => value.IsHard)));
        IsDead = _statements.Count == 0;
    }
}
