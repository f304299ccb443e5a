using Strata.Models;
using Strata.Settings;

namespace Strata.Providers;

/// <summary>Where providers are and how they are asked. Keys are read from the environment only, so no option holds one.</summary>
public sealed record ProviderOptions
{
    /// <summary>Addresses by provider, e.g. <c>["ollama"] = http://gpu:11434</c>.</summary>
    /// <value>
    /// A provider that is not in it has the address of its variable (<c>OLLAMA_HOST</c>, <c>VLLM_BASE_URL</c>, …), else its default.
    /// </value>
    public IReadOnlyDictionary<string, string> BaseUrls { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads an environment variable.</summary>
    /// <value>The default reads those of the process.</value>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Sends the requests.</summary>
    /// <value>
    /// The default is null: one handler of our own, which connects within 10 s and follows no redirects. One that is given is not disposed.
    /// </value>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How long Ollama keeps a model in memory after a call.</summary>
    /// <value>The default is 10 minutes: a larger model of a later level is loaded once a compaction, not once a call.</value>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When a call gives up although nobody cancelled it; for a stream, from one update to the next.</summary>
    /// <value>The default is 15 minutes: a server may load a model first, and the caller's own limit is the one that should count.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Windows, output limits and prices.</summary>
    public ModelCatalogue Catalogue { get; init; } = ModelCatalogue.Default;

    /// <summary>Times the limit of a call, and turns a Retry-After date into a duration.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The options that settings name, and the defaults for the rest.</summary>
    public static ProviderOptions From(StrataSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var usual = new ProviderOptions();
        return usual with
        {
            BaseUrls = settings.BaseUrls,
            KeepAlive = settings.KeepAlive ?? usual.KeepAlive,
            Timeout = settings.ProviderTimeout ?? usual.Timeout,
        };
    }
}
