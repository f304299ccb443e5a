using static Strata.Settings.SettingTexts;

namespace Strata.Settings.Rows;

/// <summary>How the models are called that write summaries.</summary>
internal static class CallRows
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        Row.Of("max_cost", "The most that calls may cost together, in USD.", "no limit", "2.50", Dollars),
        Row.Of("max_wait", "The longest to wait for models, such as 90s or 5m; then level 0 writes.", "5m", "3m", Duration),
        Row.Call(
            "retries", "How often the same model is asked again, 0 to 10.", "2", "1", text => Whole(text, 0, 10),
            (options, retries) => options with { Retries = retries }),
        Row.Call(
            "timeout_retries", "Of these retries, those after timeouts.", "1", "0", Count,
            (options, retries) => options with { TimeoutRetries = retries }),
        Row.Call("retry_delay", "The median wait before the first retry; later ones double.", "1s", "2s", Duration,
            (options, time) => options with { RetryDelay = time }),
        Row.Call(
            "max_retry_delay", "The longest wait before a retry that no server asked for.", "20s", "1m", Duration,
            (options, time) => options with { MaxRetryDelay = time }),
        Row.Call(
            "max_retry_after", "The longest Retry-After that is waited for.", "30s", "1m", Duration,
            (options, time) => options with { MaxRetryAfter = time }),
        Row.Call(
            "breaker_failure_ratio", "The share of failed calls from which a model is left alone.", "50%", "80%", Share,
            (options, share) => options with { Breaker = options.Breaker with { FailureRatio = share } }),
        Row.Call(
            "breaker_min_calls", "Calls before that share says anything, 2 or more.", "5", "10", text => Whole(text, 2, int.MaxValue),
            (options, calls) => options with { Breaker = options.Breaker with { MinCalls = calls } }),
        Row.Call(
            "breaker_sampling", "How long a call counts for that share.", "2m", "5m", Duration,
            (options, time) => options with { Breaker = options.Breaker with { Sampling = time } }),
        Row.Call(
            "breaker_break", "How long a model is left alone.", "30s", "1m", Duration,
            (options, time) => options with { Breaker = options.Breaker with { Break = time } }),
        Row.Call(
            "max_parallel_per_provider", "Calls that may be under way at one provider at the same time.", "16", "4",
            text => Whole(text, 1, int.MaxValue),
            (options, calls) => options with { MaxParallelPerProvider = calls }),
        Row.Of("keep_alive", "How long Ollama keeps a model in memory after a call.", "10m", "1h", Duration),
        Row.Of("provider_timeout", "When a call gives up although nobody cancelled it.", "15m", "5m", Duration),
    ];
}
