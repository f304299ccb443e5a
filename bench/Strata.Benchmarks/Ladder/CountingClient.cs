using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Tokens;

namespace Strata.Benchmarks.Ladder;

/// <summary>A model that counts what it is sent, and answers with sentences of it.</summary>
internal sealed class CountingClient(ITokenCounter counter, int words, TimeSpan delay, Func<string, string>? answer = null) : IChatClient
{
    private long _inputTokens;
    private int _calls;
    private int _underWay;
    private int _mostUnderWay;

    public long InputTokens => _inputTokens;

    public int Calls => _calls;

    public int MostUnderWay => _mostUnderWay;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = messages.ToList();
        var input = sent.Sum(message => counter.Count(message.Text));
        Interlocked.Add(ref _inputTokens, input);
        Interlocked.Increment(ref _calls);
        _mostUnderWay = Math.Max(_mostUnderWay, Interlocked.Increment(ref _underWay));
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, cancellationToken);
        Interlocked.Decrement(ref _underWay);
        var text = answer?.Invoke(sent[^1].Text) ?? SentencesOf(sent[^1].Text);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = counter.Count(text) },
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    [SuppressMessage("Design", "CA1063", Justification = "Nothing to dispose.")]
    public void Dispose()
    {
    }

    // As a model would: words of the source, and never more than were asked for.
    private string SentencesOf(string text)
    {
        var all = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', all.Skip(all.Length / 4).Take(words)) + ".";
    }
}
