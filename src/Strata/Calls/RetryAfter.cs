using System.Globalization;

namespace Strata.Calls;

/// <summary>The HTTP header of that name.</summary>
public static class RetryAfter
{
    // RFC 9110 §5.6.7: the first is what servers send, the other two are obsolete and must still be understood.
    private static readonly string[] Dates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>
    /// Seconds or an HTTP date; null when <paramref name="header"/> is neither. A date that has passed is no time at all.
    /// </summary>
    public static TimeSpan? Parse(string? header, DateTimeOffset now)
    {
        var text = header?.Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (!DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, styles, out var date))
            return null;
        return date > now ? date - now : TimeSpan.Zero;
    }
}
