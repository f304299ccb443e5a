using System.Net;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Models;
using Strata.Providers.Claude;
using Strata.Providers.Faults;
using Strata.Providers.Ollama;
using Strata.Providers.OpenAICompatible;

namespace Strata.Providers;

/// <summary>Makes models that can be called from references such as <c>ollama/qwen2.5:7b</c>.</summary>
/// <remarks>Thread-safe. Its clients are to be used no longer than itself: they share its connections.</remarks>
public sealed class ModelProviders : IDisposable
{
    private static readonly ModelPrices Free = new(0, 0, 0, 0);

    private readonly ProviderOptions _options;
    private readonly HttpMessageHandler? _own;
    private readonly FaultHandler _handler;

    public ModelProviders(ProviderOptions? options = null)
    {
        _options = options ?? new();
        _own = _options.Handler is null ? NewHandler() : null;
        _handler = new(_options.Handler ?? _own!, _options.TimeProvider);
    }

    /// <summary>
    /// The model of a reference, with window, output limit and prices of the catalogue; models on the user's own hardware cost 0. Nothing
    /// is sent.
    /// </summary>
    /// <exception cref="ProviderConfigurationException">There is no such provider, no key, or no proper address.</exception>
    public CallableModel Create(ModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Make(reference, window: null);
    }

    /// <summary>
    /// As <see cref="Create"/>, but asks servers on the user's own hardware for the window: it is often set smaller than the model's. It
    /// also tells now, not in the first call, that there is no such server, or at Ollama no such model.
    /// </summary>
    /// <exception cref="ProviderConfigurationException">There is no such provider, no key, or no proper address.</exception>
    /// <exception cref="ModelCallException">The server cannot be reached, does not accept the key, or lacks the model; the message says
    /// what to do.</exception>
    public async ValueTask<CallableModel> CreateAsync(ModelReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var provider = Provider.Find(reference);
        if (provider is { IsLocal: false, BaseUrl: not null })
            return Create(reference);
        var endpoint = ProviderEndpoint.Create(provider, _options);
        try
        {
            using var http = NewClient(endpoint);
            var window = provider.Protocol == Protocol.Ollama
                ? await OllamaWindow.ReadAsync(http, reference.Model, cancellationToken).ConfigureAwait(false)
                : await ServedWindow.ReadAsync(http, reference.Model, cancellationToken).ConfigureAwait(false);
            return Make(reference, window);
        }
        catch (Exception e) when (e is not ProviderConfigurationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw FaultWords.Of(e, endpoint, reference.Model, sent: []);
        }
    }

    public void Dispose()
    {
        _handler.Dispose();
        _own?.Dispose();
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),

        // Addresses may change while an agent runs for weeks.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,

        // A redirect would take the key in x-api-key along to wherever it leads.
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    private CallableModel Make(ModelReference reference, int? window)
    {
        var provider = Provider.Find(reference);
        var endpoint = ProviderEndpoint.Create(provider, _options);
        var match = _options.Catalogue.Find(provider.IsLocal || provider.BaseUrl is null ? reference.Model : reference.ToString());
        var isKnown = match.Kind is not (ModelMatchKind.Family or ModelMatchKind.Default);
        var size = window ?? match.Model.Window;
        return new()
        {
            Name = reference.ToString(),
            Client = new ProviderChatClient(
                ClientOf(endpoint, reference.Model, size, match.Model), endpoint, reference.Model, _options.Timeout, _options.TimeProvider),
            Window = size,
            OutputLimit = match.Model.OutputLimit is { } limit ? Math.Min(limit, size) : null,
            Prices = provider.IsLocal ? Free : isKnown ? match.Model.Prices : null,
            MaxParallel = provider.MaxParallel,
        };
    }

    private IChatClient ClientOf(ProviderEndpoint endpoint, string model, int window, ModelInfo info) => endpoint.Provider.Protocol switch
    {
        Protocol.Ollama =>
            new OllamaChatClient(
                NewClient(endpoint), model, new OllamaContext(ModelCatalogue.MessageCounterFor(info), window), _options.KeepAlive),
        Protocol.OpenAI => OpenAIClients.Create(endpoint, model, NewClient(endpoint)),
        _ => ClaudeClients.Create(endpoint, model, NewClient(endpoint)),
    };

    private HttpClient NewClient(ProviderEndpoint endpoint)
    {
        var client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = endpoint.Url, Timeout = Timeout.InfiniteTimeSpan };

        // What is asked beside an SDK needs the key as well.
        if (endpoint.Key is { } key && endpoint.Provider.Protocol == Protocol.Anthropic)
            client.DefaultRequestHeaders.Add("x-api-key", key);
        else if (endpoint.Key is { } token)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
