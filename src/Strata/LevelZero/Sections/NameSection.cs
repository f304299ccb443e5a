using Strata.Facts.Names;

namespace Strata.LevelZero.Sections;

/// <summary>Ids and links that no entry holds yet.</summary>
internal static class NameSection
{
    private const double NameShare = 0.05;
    private const int MostNames = 20;

    // Ids and links that the user or the agent named and no entry holds yet, each with the words around it.
    public static void Add(SummaryPage page, IdentifierTable identifiers)
    {
        var room = page.Room(NameShare);
        var names = Enumerable.Range(0, identifiers.Count)
            .Where(number => identifiers.KindOf(number) is IdentifierKind.Url or IdentifierKind.Id && identifiers.MentionOf(number) is not null && !page.Selector.IsCovered(number))
            .OrderByDescending(identifiers.ValueOf).ThenBy(number => number).Take(MostNames);
        foreach (var number in names)
        {
            if (!page.Selector.IsCovered(number))
                page.Add(SummaryFormat.Names, (number, 0), identifiers.MentionOf(number)!, ref room);
        }
    }
}
