using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Facts.Dialogues;

/// <summary>Dates as people write them above a day's talk.</summary>
internal static partial class DateText
{
    private const int LongestHeader = 80;
    private const int BesidesTheDate = 30;

    /// <summary>As it stands in a summary: day first with the month's name, so that no reader takes it for another.</summary>
    public static string Of(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The date that a line opens with, in brackets or alone; the line goes on behind it. Null when it opens with none.</summary>
    public static DateOnly? OfHeader(ref ReadOnlySpan<char> line)
    {
        var header = line;
        var rest = ReadOnlySpan<char>.Empty;
        if (line.Length > 0 && line[0] == '[' && line[..Math.Min(line.Length, LongestHeader)].IndexOf(']') is var end and > 0)
        {
            header = line[1..end];
            rest = line[(end + 1)..].TrimStart();
        }

        if (header.Length > LongestHeader || !header.ContainsAnyInRange('0', '9') || Find(header) is not { } found)
            return null;
        if (rest.IsEmpty && line[0] != '[' && header.Length - found.Length > BesidesTheDate)
            return null;
        line = rest;
        return found.Date;
    }

    private static (DateOnly Date, int Length)? Find(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[6];
        Span<int> numbers = stackalloc int[3];
        foreach (var place in Written().EnumerateMatches(text))
        {
            var match = text.Slice(place.Index, place.Length);
            // "8 May, 2023", "8th of May 2023", "May 8th, 2023", "2023-05-08": what is left of each is three words.
            numbers.Clear();
            var month = 0;
            var count = 0;
            foreach (var part in parts[..match.SplitAny(parts, " ,-/.", StringSplitOptions.RemoveEmptyEntries)])
            {
                var word = match[part];
                if (char.IsAsciiDigit(word[0]))
                    numbers[count++ % 3] = int.Parse(word[..Digits(word)], NumberStyles.None, CultureInfo.InvariantCulture);
                else if (month == 0)
                    month = Month(word);
            }

            var (year, monthNumber, day) = month == 0 ? (numbers[0], numbers[1], numbers[2]) : (numbers[1], month, numbers[0]);
            if (year is > 0 and < 9999 && monthNumber is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, monthNumber))
                return (new DateOnly(year, monthNumber, day), place.Length);
        }

        return null;
    }

    private static int Digits(ReadOnlySpan<char> word) => word.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : word.Length;

    private static int Month(ReadOnlySpan<char> word)
    {
        if (word.Length < 3)
            return 0;
        for (var month = 0; month < 12; month++)
        {
            if (word.StartsWith(
                CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[month], StringComparison.OrdinalIgnoreCase))
                return month + 1;
        }

        return 0;
    }

    private const string Months = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";

    [GeneratedRegex(
        @"\b(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?" + Months + @"\.?,? \d{4}|" + Months
            + @"\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Written();
}
