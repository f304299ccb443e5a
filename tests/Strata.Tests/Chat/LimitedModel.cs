using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Strata.Tests.Chat;

/// <summary>A model with a window of its own, whatever the caller believes.</summary>
/// <param name="compactor">Counts what is sent.</param>
/// <param name="window">Tokens it takes, as it bills them.</param>
/// <param name="refusal">What it throws at more.</param>
/// <param name="bills">Tokens it makes of each that is counted.</param>
/// <param name="overhead">Tokens it adds to each request.</param>
/// <param name="failsLate">Streams an update before it refuses.</param>
internal sealed class LimitedModel(
    Compactor compactor, int window, Func<long, Exception> refusal, double bills = 1, int overhead = 0, bool failsLate = false)
        : IChatClient
{
    /// <summary>Tokens of each request, as it bills them.</summary>
    public List<long> Sent { get; } = [];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var tokens = Bill(messages, options);
        return tokens > window
            ? throw refusal(tokens)
            : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "ok"))
            {
                Usage = new UsageDetails { InputTokenCount = tokens, OutputTokenCount = 1 }
            });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var tokens = Bill(messages, options);
        if (tokens > window && !failsLate)
            throw refusal(tokens);
        yield return new ChatResponseUpdate(ChatRole.Assistant, "o");
        if (tokens > window)
            throw refusal(tokens);
        yield return new ChatResponseUpdate(ChatRole.Assistant, "k");
        yield return new ChatResponseUpdate(
            ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = tokens, OutputTokenCount = 2 })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private long Bill(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var counted = messages.Sum(message => (long)compactor.Counter.Count(message).Total) + compactor.Counter.CountRequest(options);
        Sent.Add((long)(counted * bills) + overhead);
        return Sent[^1];
    }
}
