using System.Runtime.InteropServices;

namespace Strata.Facts.Ledgers;

/// <summary>Entries by what they are about, so that a new one is held against the few that can concern it and time stays linear.</summary>
internal sealed class LedgerIndex
{
    private const int NewestOfAKey = 8;

    private readonly List<LedgerDraft> _drafts = [];
    private readonly List<string> _stale = [];
    private readonly Dictionary<string, LedgerDraft> _byText = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<LedgerDraft>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Takes up an entry of an earlier summary; such entries never take each other's place.</summary>
    public void Carry(LedgerDraft draft)
    {
        if (_byText.TryAdd(draft.Text, draft))
            Put(draft);
    }

    public void Add(LedgerDraft draft)
    {
        if (_byText.TryGetValue(draft.Text, out var same))
        {
            draft.RaiseTo(same.Kind);
            same.Kill();
        }
        else
        {
            foreach (var statement in draft.Statements)
                Succeed(draft, statement);
        }

        _byText[draft.Text] = draft;
        Put(draft);
    }

    public IReadOnlyList<string> Stale => _stale;

    public IReadOnlyList<LedgerEntry> Entries => [.. _drafts.Where(draft => !draft.IsDead).Select(draft => draft.Entry)];

    private void Put(LedgerDraft draft)
    {
        _drafts.Add(draft);
        foreach (var key in draft.Statements.SelectMany(KeysOf).Distinct())
            (CollectionsMarshal.GetValueRefOrAddDefault(_byKey, key, out _) ??= []).Add(draft);
    }

    private void Succeed(LedgerDraft draft, LedgerStatement newer)
    {
        var (best, owner, stale) = (0.0, (LedgerDraft?)null, (LedgerStatement?)null);
        foreach (var older in Candidates(newer, draft.Group))
        {
            foreach (var statement in older.Replaceable)
            {
                var certainty = Succession.Certainty(statement, newer, IsOnly);
                if (certainty > best)
                    (best, owner, stale) = (certainty, older, statement);
            }
        }

        if (owner is null)
            return;
        draft.RaiseTo(owner.Kind);
        var text = owner.Text;
        owner.Retire(stale!);
        _stale.Add(stale!.Text);
        _byText.Remove(text);
        if (!owner.IsDead)
            _byText.TryAdd(owner.Text, owner);
    }

    // Newest first, so that of equals the newest is replaced.
    private IEnumerable<LedgerDraft> Candidates(LedgerStatement newer, int group)
    {
        var seen = new HashSet<LedgerDraft>(ReferenceEqualityComparer.Instance);
        foreach (var key in KeysOf(newer))
        {
            if (!_byKey.TryGetValue(key, out var list))
                continue;
            for (int i = list.Count - 1, taken = 0; i >= 0 && taken < NewestOfAKey; i--)
            {
                if (list[i].IsDead)
                {
                    list.RemoveAt(i);
                    continue;
                }

                taken++;
                if ((list[i].Group < 0 || list[i].Group != group) && seen.Add(list[i]))
                    yield return list[i];
            }
        }
    }

    private bool IsOnly(string key) => !_byKey.TryGetValue(key, out var list) || !list.Where(draft => !draft.IsDead).Skip(1).Any();

    private static IEnumerable<string> KeysOf(LedgerStatement statement) =>
        statement.Stems.Concat(statement.Names).Concat(statement.Values.Where(value => value.IsHard).Select(value => value.Type));
}
