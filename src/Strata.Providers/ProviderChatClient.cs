using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Providers.Faults;

namespace Strata.Providers;

/// <summary>
/// Around the client of a protocol: whatever goes wrong leaves as a <see cref="ModelCallException"/>, and a cancellation of the caller as
/// one.
/// </summary>
internal sealed class ProviderChatClient(IChatClient inner, ProviderEndpoint endpoint, string model, TimeSpan timeout, TimeProvider time)
    : IChatClient
{
    private readonly ChatClientMetadata _metadata =
        new(endpoint.Provider.Name, new Uri(endpoint.Url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)), model);

    private volatile bool _takesNoTemperature;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var accepted = Accepted(options);
        try
        {
            return await inner.GetResponseAsync(sent, accepted, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && RefusesTemperature(e, accepted))
        {
            return await GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (ArgumentException or NotSupportedException))
        {
            throw Translate(e, sent, options, cancellationToken);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var accepted = Accepted(options);
        var updates = inner.GetStreamingResponseAsync(sent, accepted, either.Token).GetAsyncEnumerator(either.Token);
        try
        {
            for (var hasBegun = false; ; hasBegun = true)
            {
                limit.CancelAfter(timeout);
                try
                {
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }
                catch (Exception e) when (!hasBegun && !cancellationToken.IsCancellationRequested && RefusesTemperature(e, accepted))
                {
                    await updates.DisposeAsync().ConfigureAwait(false);
                    accepted = Accepted(options);
                    updates = inner.GetStreamingResponseAsync(sent, accepted, either.Token).GetAsyncEnumerator(either.Token);
                    continue;
                }
                catch (Exception e) when (e is not (ArgumentException or NotSupportedException))
                {
                    throw Translate(e, sent, options, cancellationToken);
                }

                yield return updates.Current;
            }
        }
        finally
        {
            await updates.DisposeAsync().ConfigureAwait(false);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return _metadata;
        return serviceType.IsInstanceOfType(this) ? this : inner.GetService(serviceType);
    }

    public void Dispose() => inner.Dispose();

    public override string ToString() => $"{model} of {endpoint}";

    /// <summary>The caller's options as this model takes them.</summary>
    private ChatOptions? Accepted(ChatOptions? options)
    {
        if (!_takesNoTemperature || options?.Temperature is null)
            return options;
        var accepted = options.Clone();
        accepted.Temperature = null;
        return accepted;
    }

    /// <summary>
    /// Models that think refuse a temperature, and which do changes from release to release: such a model is asked without one from then
    /// on.
    /// </summary>
    private bool RefusesTemperature(Exception exception, ChatOptions? asked)
    {
        if (asked?.Temperature is null)
            return false;
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is not ServerFaultException { Fault: CallFault.BadRequest, Said: { } said })
                continue;
            var refuses = said.Contains("temperature", StringComparison.OrdinalIgnoreCase);
            _takesNoTemperature |= refuses;
            return refuses;
        }

        return false;
    }

    private Exception Translate(
        Exception exception, IReadOnlyList<ChatMessage> sent, ChatOptions? options, CancellationToken cancellationToken) =>
            cancellationToken.IsCancellationRequested
            ? new OperationCanceledException("The caller gave up.", cancellationToken)
            : FaultWords.Of(exception, endpoint, model, SentText.Of(sent, options));
}
