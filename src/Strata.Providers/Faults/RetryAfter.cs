using System.Globalization;
using System.Net.Http.Headers;

namespace Strata.Providers.Faults;

internal static class RetryAfter
{
    /// <summary>Longer waits are as good as never, and a duration must not overflow.</summary>
    private const double MostSeconds = 24 * 60 * 60;

    /// <summary>Seconds (fractions allowed, as some servers send them), a date, or the <c>retry-after-ms</c> of OpenAI and Anthropic; null when there is none.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        if (Number(headers, "retry-after-ms") is { } milliseconds)
            return Wait(milliseconds / 1000);
        if (Number(headers, "Retry-After") is { } seconds)
            return Wait(seconds);
        return Value(headers, "Retry-After") is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Wait((date - time.GetUtcNow()).TotalSeconds)
            : null;
    }

    private static TimeSpan Wait(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, MostSeconds));

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Value(headers, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;
}
