using System.Net.Http.Headers;
using Strata.Calls;

namespace Strata.Providers.Faults;

/// <summary>How long a server asks to be left alone.</summary>
internal static class WaitHeaders
{
    /// <summary><c>Retry-After</c>, or the <c>retry-after-ms</c> that OpenAI and Anthropic add; null when there is neither.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time) =>
        RetryAfter.Parse(Value(headers, "retry-after-ms"), time.GetUtcNow()) is { } thousandfold
            ? thousandfold / 1000
            : RetryAfter.Parse(Value(headers, "Retry-After"), time.GetUtcNow());

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
