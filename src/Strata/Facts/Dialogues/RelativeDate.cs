using System.Globalization;

namespace Strata.Facts.Dialogues;

/// <summary>Words for a day that only hold on the day they are said, with the day they mean.</summary>
internal static class RelativeDate
{
    private static readonly string[] Counts = ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>
    /// What the word at this place and those before it mean, as "7 May", "April 2023" or "2022"; null when they name no day.
    /// </summary>
    public static string? At(ReadOnlySpan<char> sentence, IReadOnlyList<SpokenWord> words, int at, DateOnly said)
    {
        var word = words[at].Core(sentence);
        var before = at > 0 ? words[at - 1].Core(sentence) : [];
        switch (word.Length)
        {
            case < 2:
                return null;
            case 2 when word is "昨天" or "昨日" or "어제":
                return Day(said, -1);
            case 3 when Is(word, "ago") && at > 1:
                return Ago(before, words[at - 2].Core(sentence), said);
            default:
                break;
        }

        if (Is(word, "yesterday") || Is(word, "gestern") || Is(word, "ayer") || Is(word, "вчера"))
            return Day(said, Is(before, "before") ? -2 : -1);
        if (Is(word, "tomorrow"))
            return Day(said, Is(before, "after") ? 2 : 1);
        var isPast = Is(before, "last") || Is(before, "past");
        if (!isPast && !Is(before, "next"))
            return null;
        if (Is(word, "night"))
            return isPast ? Day(said, -1) : null;
        if (Is(word, "month"))
            return said.AddMonths(isPast ? -1 : 1).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        if (Is(word, "year"))
            return said.AddYears(isPast ? -1 : 1).Year.ToString(CultureInfo.InvariantCulture);
        return isPast && Weekday(word) is { } day ? Day(said, -(((int)said.DayOfWeek - (int)day + 6) % 7) - 1) : null;
    }

    private static string? Ago(ReadOnlySpan<char> unit, ReadOnlySpan<char> count, DateOnly said)
    {
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            for (var i = 0; i < Counts.Length; i++)
            {
                if (Is(count, Counts[i]))
                    number = i + 1;
            }
        }

        if (number is < 1 or > 200)
            return null;
        if (Is(unit, "day") || Is(unit, "days"))
            return Day(said, -number);
        if (Is(unit, "year") || Is(unit, "years"))
            return said.Year > number ? (said.Year - number).ToString(CultureInfo.InvariantCulture) : null;
        return null;
    }

    private static DayOfWeek? Weekday(ReadOnlySpan<char> word)
    {
        for (var day = DayOfWeek.Sunday; day <= DayOfWeek.Saturday; day++)
        {
            var name = CultureInfo.InvariantCulture.DateTimeFormat.DayNames[(int)day];
            if (Is(word, name) || (word.Length is 3 or 4 && name.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                return day;
        }

        return null;
    }

    private static string? Day(DateOnly said, int days) =>
        said.DayNumber + days >= 0 && said.DayNumber + days <= DateOnly.MaxValue.DayNumber
            ? said.AddDays(days).ToString("d MMMM", CultureInfo.InvariantCulture) : null;

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
