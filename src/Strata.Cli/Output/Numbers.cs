using System.Globalization;

namespace Strata.Cli.Output;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Numbers
{
    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Of(1, "group") is "1 group", of 2 "2 groups".</summary>
    public static string Of(long number, string noun) => $"{Of(number)} {noun}{(number == 1 ? "" : "s")}";

    /// <summary>A share as <c>19.6%</c>.</summary>
    public static string Percent(double share) => share switch
    {
        0 => "0%",
        < .001 => "<0.1%",
        _ => (share * 100).ToString(share < .1 ? "0.0" : "0", CultureInfo.InvariantCulture) + "%",
    };

    public static string Percent(long part, long whole) => whole == 0 ? "0%" : Percent((double)part / whole);

    /// <summary>From 100,000 on in thousands, for narrow columns: <c>106k</c>.</summary>
    public static string Short(long number) => number < 100_000 ? Of(number) : Of((number + 500) / 1_000) + "k";

    /// <summary>USD, with as many places as the amount needs to be told from nothing.</summary>
    public static string Dollars(decimal amount) => amount switch
    {
        0 => "$0",
        < .0001m => "<$0.0001",
        < 1 => "$" + amount.ToString("0.00##", CultureInfo.InvariantCulture),
        _ => "$" + amount.ToString("N2", CultureInfo.InvariantCulture),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => FormattableString.Invariant($"{bytes} bytes"),
        < 1_000_000 => FormattableString.Invariant($"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => FormattableString.Invariant($"{bytes / 1e6:0.#} MB"),
        _ => FormattableString.Invariant($"{bytes / 1e9:0.#} GB"),
    };

    /// <summary>A moment as people write it where they are, to the minute.</summary>
    public static string When(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time.TotalSeconds < 1
        ? FormattableString.Invariant($"{Math.Max(1, time.TotalMilliseconds):0} ms")
        : FormattableString.Invariant($"{time.TotalSeconds:0.0} s");
}
