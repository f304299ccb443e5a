using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Searches;

/// <summary>
/// Ranks the lines of a listing that says more than names: headings, what has no like, and the first and the last of those alike.
/// </summary>
internal static partial class EntryList
{
    private const int FewestEntries = 12;
    private const int FirstOfMany = 5;

    /// <summary>Null when too few lines are entries.</summary>
    public static RankedLines? Rank(TextLines lines)
    {
        var keys = new string?[lines.Count];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        var section = 0;
        var (newest, newestTime) = (-1, 0L);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (RankedLines.IsNote(line))
                return null;
            if (line.Length > SourceLines.LongestLine)
                continue;
            keys[i] = KeyOf(line, section, out var time);
            (newest, newestTime) = time > newestTime ? (i, time) : (newest, newestTime);
            if (keys[i] is not { } key)
            {
                section += line.IsEmpty ? 0 : 1;
                continue;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
            last[key] = i;
        }

        if (counts.Values.Sum() < FewestEntries)
            return null;
        var ranked = new RankedLines(lines);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] is not { } key)
            {
                if (lines[i].Length is > 0 and <= SourceLines.LongestLine)
                    ranked.Keep(i, 1);
                continue;
            }

            var nth = CollectionsMarshal.GetValueRefOrAddDefault(seen, key, out _)++;
            if (counts[key] == 1 || i == newest)
                ranked.Keep(i, 2);
            else if (nth < FirstOfMany || last[key] == i)
                ranked.Keep(i, 3);
        }

        return ranked;
    }

    // Alike are entries of one section, one state, one folder and one extension.
    private static string? KeyOf(ReadOnlySpan<char> line, int section, out long time)
    {
        time = 0;
        var entry = Entry().Match(line.ToString());
        if (!entry.Success)
            return null;
        time = entry.Groups["mode"].Success ? EntryTime.Of(line) : 0;
        var name = entry.Groups["name"].Value.TrimEnd();
        var slash = name.AsSpan(0, Math.Max(0, name.Length - 1)).LastIndexOfAny('/', '\\') + 1;
        var dot = name.LastIndexOf('.');
        var kind = name is [.., '/'] || entry.Groups["mode"].Value is ['d', ..] ? "/" : dot > slash ? name[dot..] : "";
        // The depth of a tree, the state of a changed file, the mode of a listed one.
        var mark = entry.Groups["tree"].Success ? entry.Groups["tree"].Length.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : entry.Groups["state"].Value;
        return $"{section} {mark} {name[..slash]} {kind}";
    }

    [GeneratedRegex(@"\A(?:(?<mode>[-dlbcps][rwxsStT-]{9}[@+.]?)\s+(?:\S+\s+){4,8}?(?:\d\d:\d\d(?::[\d.]+)?(?: [+-]\d{4})?"
        + @"|\d{4})\s+(?<name>\S.*)|(?<tree>(?:[│|]|\s|\xA0)*(?:├|└|`|\+|\|)[─-]{1,3}[ \xA0])(?<name>\S.*)"
        + @"|\t(?<state>[a-z][a-z ]{3,20}:\s+)?(?<name>\S.*)|(?<state>[ MADRCU?!]{2}) (?<name>\S+.*)|(?<name>[\w.@+-][\w./@+~-]*))\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Entry();
}
