using Strata.Summaries.Extractive.Names;
using Strata.Summaries.Ledgers;

namespace Strata.Summaries.Gate;

/// <summary>Ranks the names of a part of a conversation and keeps the few that are likely to be needed.</summary>
internal static class KeptNames
{
    // More names than these no summary of one part could hold.
    private const int Most = 40;

    private const int LongestName = 160;
    private const int LongestRead = 40_000;

    // Values in what was said say more than the names around them: they cannot be looked up again.
    private const int MostValues = 12;

    /// <summary>Best first.</summary>
    /// <param name="identifiers">All names of the part.</param>
    /// <param name="said">What the user and the assistant said, oldest first.</param>
    /// <param name="first">Names that come before all others: files that were changed.</param>
    public static IEnumerable<KeptItem> Of(IdentifierTable identifiers, IReadOnlyList<string> said, IEnumerable<string> first)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var paths = new List<string>();
        var kept = new List<KeptItem>();
        foreach (var name in first.Concat(ValuesOf(said)).Concat(RankedOf(identifiers)))
        {
            if (kept.Count == Most)
                break;
            if (name.Length > LongestName || name.Contains(KeptBlock.NameMark, StringComparison.Ordinal) || name.AsSpan().ContainsAny('\n', '\r') || !seen.Add(name))
                continue;
            // The same file, named from another folder.
            if (name.Contains('/', StringComparison.Ordinal))
            {
                if (paths.Exists(path => IsBelow(path, name) || IsBelow(name, path)))
                    continue;
                paths.Add(name);
            }

            kept.Add(new KeptItem(KeptKind.Name, name));
        }

        return kept;
    }

    private static bool IsBelow(string path, string tail) =>
        path.Length > tail.Length && path.EndsWith(tail, StringComparison.Ordinal) && (tail[0] == '/' || path[^(tail.Length + 1)] == '/');

    private static IEnumerable<string> RankedOf(IdentifierTable identifiers) => Enumerable.Range(0, identifiers.Count)
        .Where(number => identifiers.IsUsed(number) && !identifiers.IsOfTools(number) && !identifiers.IsKeyOnly(number) && IsKept(identifiers, number))
        .OrderByDescending(identifiers.ValueOf).ThenBy(number => number).Select(number => identifiers[number]);

    // Code names are many, and found again by a search; one that was spoken of is not.
    private static bool IsKept(IdentifierTable identifiers, int number) => identifiers.KindOf(number) switch
    {
        IdentifierKind.Name or IdentifierKind.Quoted => identifiers.MentionOf(number) is not null,
        _ => true,
    };

    // Newest first.
    private static IEnumerable<string> ValuesOf(IReadOnlyList<string> said) => said.Reverse()
        .Select(text => text.Length > LongestRead ? text[..LongestRead] : text)
        .SelectMany(text => Quantities.Find(text).Concat(HardValues(text).Reverse()))
        .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostValues);

    // What no scanner of names finds: amounts, shares, versions. Only sentences with a digit can hold one.
    private static IEnumerable<string> HardValues(string text) =>
        text.AsSpan().ContainsAnyInRange('0', '9')
            ? TypedValue.Find(text).Where(value => value.Type is "money" or "percent" or "version" or "mail").Select(value => value.Text.Trim())
            : [];
}
