using Strata.LevelZero;
using Strata.Facts.Names;
using Strata.Facts.Ledgers;

namespace Strata.Ladder.Gate;

/// <summary>Ranks the names of a part of a conversation and keeps the few that are likely to be needed.</summary>
internal static class KeptNames
{
    // More names than these no summary of one part could hold.
    private const int Most = 40;

    // Code names are found again by a search.
    private const int MostInCode = 8;

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
        var known = Enumerable.Range(0, identifiers.Count).Where(number => identifiers.KindOf(number) == IdentifierKind.Path)
            .Select(number => identifiers[number]).ToList();
        var root = CommonRoot.Of(known, identifiers.RelativePaths);
        var folders = FoldersOf(known);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var paths = new List<string>();
        var kept = new List<KeptItem>();
        foreach (var full in first.Concat(ValuesOf(said)).Concat(RankedOf(identifiers)))
        {
            if (kept.Count == Most)
                break;
            var name = root.Length > 0 && full.Length > root.Length && full.StartsWith(root, StringComparison.Ordinal) ? full[root.Length..]
                : full;
            if (name.Length > LongestName || folders.Contains(full) || !seen.Add(name) || name.AsSpan().ContainsAny('\n', '\r')
                || name.Contains(KeptBlock.NameMark, StringComparison.Ordinal))
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

    // Who knows the files knows their folders.
    private static HashSet<string> FoldersOf(List<string> paths)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0 && folders.Add(path[..slash]); slash = path.LastIndexOf('/', slash - 1))
            {
            }
        }

        return folders;
    }

    private static bool IsBelow(string path, string tail) =>
        path.Length > tail.Length && path.EndsWith(tail, StringComparison.Ordinal) && (tail[0] == '/' || path[^(tail.Length + 1)] == '/');

    private static IEnumerable<string> RankedOf(IdentifierTable identifiers)
    {
        var inCode = 0;
        foreach (var number in Enumerable.Range(0, identifiers.Count).Where(number => IsKept(identifiers, number))
            .OrderByDescending(identifiers.ValueOf).ThenBy(number => number))
        {
            if (identifiers.KindOf(number) is not (IdentifierKind.Name or IdentifierKind.Quoted) || ++inCode <= MostInCode)
                yield return identifiers[number];
        }
    }

    private static bool IsKept(IdentifierTable identifiers, int number)
    {
        if (!identifiers.IsUsed(number) || identifiers.IsOfTools(number) || identifiers.IsKeyOnly(number))
            return false;
        return identifiers.KindOf(number) is not (IdentifierKind.Name or IdentifierKind.Quoted)
            || (identifiers.IsMentioned(number) && !identifiers[number].StartsWith('-'));
    }

    // Newest first.
    private static IEnumerable<string> ValuesOf(IReadOnlyList<string> said) => said.Reverse()
        .Select(text => text.Length > LongestRead ? text[..LongestRead] : text)
        .SelectMany(text => Quantities.Find(text).Concat(HardValues(text).Reverse()))
        .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostValues);

    // What no scanner of names finds: amounts, shares, versions. Only sentences with a digit can hold one.
    private static IEnumerable<string> HardValues(string text) =>
        text.AsSpan().ContainsAnyInRange('0', '9')
            ? TypedValue.Find(text).Where(value => value.Type is "money" or "percent" or "version" or "mail")
                .Select(value => value.Text.Trim())
            : [];
}
