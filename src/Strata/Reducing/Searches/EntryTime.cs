using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Reducing.Searches;

/// <summary>When a file of a long listing was changed.</summary>
internal static partial class EntryTime
{
    // "10:00" in place of a year means within the last months.
    private const int Recent = 9999;

    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>Larger for later; 0 when the line does not say.</summary>
    public static long Of(ReadOnlySpan<char> line)
    {
        var date = Date().Match(line.ToString());
        if (!date.Success)
            return 0;
        var month =
            date.Groups["name"].Success ? (Months.IndexOf(date.Groups["name"].Value, StringComparison.Ordinal) / 3) + 1 : Number("month");
        var year = date.Groups["year"].Success ? Number("year") : Recent;
        return ((((((year * 12L) + month) * 31) + Number("day")) * 24) + Number("hour")) * 60 + Number("minute");

        int Number(string group) =>
            int.TryParse(date.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    [GeneratedRegex(@" (?:(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d) (?<hour>\d\d):(?<minute>\d\d)"
        + @"|(?:(?<name>[A-Z][a-z]{2}) +(?<day>\d{1,2})|(?<day>\d{1,2}) +(?<name>[A-Z][a-z]{2})) +(?:(?<hour>\d\d):(?<minute>\d\d)"
        + @"|(?<year>\d{4}))) ", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Date();
}
