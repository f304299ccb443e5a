using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Rendering;
using Strata.Tokens;

namespace Strata.Samples;

/// <summary>
/// Stands in for a model, so that the samples need no network: answers by a script, and refuses what a vendor refuses: requests above its
/// window, and tool results without their calls.
/// </summary>
public sealed class FakeModel(int window, Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatMessage> answer) : IChatClient
{
    private static readonly MessageCounter Counter =
        Models.ModelCatalogue.MessageCounterFor(Models.ModelCatalogue.Default.Find("gpt-4o").Model);

    public int Requests { get; private set; }

    /// <value>Tokens.</value>
    public long LargestRequest { get; private set; }

    /// <value>Messages.</value>
    public int LastRequestMessages { get; private set; }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<ChatMessage> request = [.. messages];
        var tokens = request.Sum(message => (long)Counter.Count(message).Total) + Counter.CountRequest(options);
        if (tokens > window)
            throw new InvalidOperationException(FormattableString.Invariant($"400: the request has {tokens} tokens, the window {window}."));
        if (ConversationValidator.Check(request) is [var fault, ..])
            throw new InvalidOperationException($"400: {fault}");
        Requests++;
        LargestRequest = Math.Max(LargestRequest, tokens);
        LastRequestMessages = request.Count;
        var usage = new UsageDetails { InputTokenCount = tokens, OutputTokenCount = 1, TotalTokenCount = tokens + 1 };
        return Task.FromResult(new ChatResponse(answer(request, options)) { Usage = usage });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
