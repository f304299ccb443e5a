using Strata.Facts;
using Strata.Facts.Ledgers;
using Strata.Facts.Manifests;
using Strata.Facts.Names;
using Strata.LevelZero;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Ladder.Gate;

/// <summary>
/// Reads what must be kept out of summaries: what code wrote below them, or, where level 0 wrote one, its sections; and the names in all of
/// them.
/// </summary>
internal static class ChildKeeper
{
    private const int MostOfAKind = 8;

    public static MustKeep Read(IReadOnlyList<string> childTexts)
    {
        var children = childTexts.Select(Child).ToList();
        var items = new List<KeptItem>();
        items.AddRange(RulesOf(children));
        items.AddRange(TasksOf(children));
        foreach (var kind in (ReadOnlySpan<KeptKind>)[KeptKind.Failure, KeptKind.Commit, KeptKind.Fact])
            items.AddRange(children.SelectMany(child => child.Items).Where(item => item.Kind == kind).Distinct().TakeLast(MostOfAKind));
        items.AddRange(NamesOf(children));
        return new MustKeep(items);
    }

    private static (string Body, IReadOnlyList<KeptItem> Items) Child(string text)
    {
        if (PreviousSummary.Parse(text) is not { } extractive)
            return KeptBlock.Split(text);
        var items = KeptBlock.Labels.SelectMany(label => extractive[label.Text].Select(entry => new KeptItem(label.Kind, entry.Text)));
        return (SummaryHeader.BodyOf(text), [.. items.Where(IsKept)]);
    }

    // Names stand among other words there, and are read from them.
    private static bool IsKept(KeptItem item) => item.Kind switch
    {
        KeptKind.Name => false,
        KeptKind.Task => ManifestEntries.ReadTask(item.Text) is { State: not TaskState.Done },
        _ => true,
    };

    // The ledger's own law of what takes what's place, over the children as over turns.
    private static IEnumerable<KeptItem> RulesOf(IReadOnlyList<(string Body, IReadOnlyList<KeptItem> Items)> children)
    {
        var ledger = new LedgerBuilder();
        for (var i = 0; i < children.Count; i++)
        {
            foreach (var rule in children[i].Items.Where(item => item.Kind == KeptKind.Rule))
            {
                // More than one sentence belongs together only as long as nobody takes it apart.
                if (SentenceSplitter.Split(rule.Text).Count == 1 && StatementGate.IsReadable(rule.Text)
                    && StatementGate.IsRule(EntryShortener.WithoutHeader(rule.Text)))
                    ledger.Read(rule.Text, i, default);
                else
                    ledger.Carry(rule.Text, null, StatementKind.Rule);
            }
        }

        return ledger.Build().Entries.Where(entry => entry.Kind == StatementKind.Rule)
            .Select(entry => new KeptItem(KeptKind.Rule, entry.Text));
    }

    // A child knows what was open at its end; a later one may say that it is done.
    private static IEnumerable<KeptItem> TasksOf(IReadOnlyList<(string Body, IReadOnlyList<KeptItem> Items)> children)
    {
        var open = new Dictionary<string, (KeptItem Task, int Child)>(StringComparer.Ordinal);
        for (var i = 0; i < children.Count; i++)
        {
            foreach (var task in children[i].Items.Where(item => item.Kind == KeptKind.Task))
                open[KeptMatch.WordsOfTask(task.Text)] = (task, i);
        }

        var lines = children.Select(child => new KeptMatch(child.Body)).ToList();
        return open.Values.Where(known => !lines.Skip(known.Child + 1).Any(later => later.SaysDone(known.Task)))
            .Select(known => known.Task);
    }

    private static IEnumerable<KeptItem> NamesOf(IReadOnlyList<(string Body, IReadOnlyList<KeptItem> Items)> children)
    {
        var identifiers = new IdentifierTable();
        for (var i = 0; i < children.Count; i++)
        {
            foreach (var text in children[i].Items.Select(item => item.Text).Prepend(children[i].Body))
                identifiers.Read(identifiers.Add(new Source(text, Speaker.Assistant, i, null)), 0, text.Length);
        }

        // What code chose for a child comes before what stands in prose, the newest child first.
        var chosen =
            children.Reverse().SelectMany(child => child.Items).Where(item => item.Kind == KeptKind.Name).Select(item => item.Text);
        return KeptNames.Of(identifiers, [.. children.Select(child => child.Body)], chosen);
    }
}
