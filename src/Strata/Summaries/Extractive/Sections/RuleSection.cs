using Strata.Summaries.Ledgers;

namespace Strata.Summaries.Extractive.Sections;

/// <summary>The user's standing rules, word for word.</summary>
internal static class RuleSection
{
    private const double RuleShare = 0.15;

    public static void Add(SummaryPage page, Ledger ledger)
    {
        var room = page.Room(RuleShare);
        var rules = ledger.Entries;
        for (var i = rules.Count - 1; i >= 0; i--)
            page.Add(SummaryFormat.Rules, (i, 0), SummaryFormat.WithHandle(rules[i].Text, rules[i].Text.Length > SummaryFormat.WorthAHandle ? rules[i].Handle : null), ref room);
    }
}
