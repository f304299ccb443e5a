using System.Buffers;

namespace Strata.Ladder.Gate;

/// <summary>Finds numbers with a unit of measure: 340 ms, 12.5 GB.</summary>
internal static class Quantities
{
    private const int LongestUnit = 4;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Units = new HashSet<string>(StringComparer.Ordinal)
    {
        "ns", "µs", "us", "ms", "s", "sec", "min", "h", "hrs", "d", "B", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "kb", "mb",
        "gb", "Hz", "kHz", "MHz", "GHz",
        "px", "pt", "em", "rem", "mm", "cm", "m", "km", "g", "kg", "t", "ml", "l", "W", "kW", "kWh", "V", "A", "°C", "°F", "rps", "qps",
        "tps", "fps", "CPU", "vCPU", "x",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>In order, as they stand in the text.</summary>
    public static List<string> Find(string text)
    {
        var found = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var skip = text.AsSpan(at).IndexOfAny(Digits);
            if (skip < 0)
                break;
            var start = at + skip;
            var end = start;
            while (end < text.Length
                && (char.IsAsciiDigit(text[end]) || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
                end++;
            at = end;
            // v2, SHA1, x86: a part of a name.
            if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-' or '/' or '.' or '#' or ':'))
                continue;
            var unit = end < text.Length && text[end] is ' ' or '\u00A0' or '\u202F' ? end + 1 : end;
            var stop = unit;
            while (stop < text.Length && stop - unit <= LongestUnit && (char.IsLetter(text[stop]) || text[stop] == '°'))
                stop++;
            if (stop > unit && (stop == text.Length || !(char.IsLetterOrDigit(text[stop]) || text[stop] is '_' or '\'' or '’'))
                && Units.Contains(text.AsSpan(unit, stop - unit)))
            {
                found.Add(text[start..stop]);
                at = stop;
            }
        }

        return found;
    }
}
