using Strata.Facts.Ledgers;
using Strata.Transcripts;

namespace Strata.LevelZero.Sections;

/// <summary>What the user said that holds on: rules, and facts where there is room for them.</summary>
internal static class RuleSection
{
    private const double RuleShare = 0.15;

    // A shortened entry is worth its handle where more than a handle was left out.
    private const int WorthRecalling = 40;

    /// <summary>Rules, within their share. Returns where those come from that found no room.</summary>
    public static IReadOnlySet<Handle> Add(SummaryPage page, Ledger ledger) => Add(page, ledger, StatementKind.Rule, page.Room(RuleShare));

    /// <summary>Facts, within what nothing else needed.</summary>
    public static void AddFacts(SummaryPage page, Ledger ledger) => Add(page, ledger, StatementKind.Fact, page.Left);

    /// <summary>
    /// Rules and facts in all the room there is: in a conversation without work the user's words are all there is to keep.
    /// </summary>
    public static IReadOnlySet<Handle> AddAll(SummaryPage page, Ledger ledger) => Add(page, ledger, StatementKind.None, page.Left);

    private static HashSet<Handle> Add(SummaryPage page, Ledger ledger, StatementKind only, int room)
    {
        var unsaid = new HashSet<Handle>();
        var entries = ledger.Entries.Where(entry => only == StatementKind.None || entry.Kind == only).ToList();
        var left = Math.Min(room, page.Left - entries.Select(entry => LabelOf(entry.Kind)).Distinct().Sum(page.CostOfLabel));
        var texts = LedgerPacker.Pack(
            entries, left, (entry, text) => page.Counter.Count(SummaryFormat.Entry + SummaryFormat.Escape(Line(entry, text))) + 1);
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if ((texts[i] is not { } text || !page.Add(LabelOf(entries[i].Kind), (i, 0), Line(entries[i], text), ref left))
                && entries[i].Handle is { } handle)
                unsaid.Add(handle);
        }

        return unsaid;
    }

    private static string LabelOf(StatementKind kind) => kind == StatementKind.Rule ? SummaryFormat.Rules : SummaryFormat.Facts;

    // A text that ends like a handle needs one of its own behind it, or it would lose its end when it is read back.
    private static string Line(LedgerEntry entry, string text)
    {
        var isCarried = entry.Group < 0;
        var isWorth = isCarried || text.Length > SummaryFormat.WorthAHandle
            || EntryShortener.WithoutHeader(entry.Text).Length - text.Length > WorthRecalling
            || SummaryFormat.SplitHandle(text).Handle is not null;
        return SummaryFormat.WithHandle(text, isWorth ? entry.Handle : null);
    }
}
