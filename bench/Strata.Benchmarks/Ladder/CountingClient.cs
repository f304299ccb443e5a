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

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = messages.ToList();
        var input = sent.Sum(message => counter.Count(message.Text));
        Interlocked.Add(ref _inputTokens, input);
        Interlocked.Increment(ref _calls);
        _mostUnderWay = Math.Max(_mostUnderWay, Interlocked.Increment(ref _underWay));
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, cancellationToken);
        Interlocked.Decrement(ref _underWay);
        var headings =
            sent[0].Text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line + "\n-\n");
        var text = answer?.Invoke(sent[^1].Text) ?? string.Concat(headings) + SentencesOf(sent[^1].Text);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = counter.Count(text) },
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    [SuppressMessage("Design", "CA1063", Justification = "Nothing to dispose.")]
    public void Dispose()
    {
    }

    // As a careful model would: the beginnings of what it reads, under the headings it is asked for, and never more than it may.
    private string SentencesOf(string prompt)
    {
        var start = prompt.IndexOf("<data-", StringComparison.Ordinal);
        var end = prompt.LastIndexOf("</data-", StringComparison.Ordinal);
        var lines = (start < 0 || end < start ? prompt : prompt[start..end]).Split('\n')
            .Where(line => line.Length > 20 && !line.StartsWith('<') && !line.StartsWith('[')).ToList();
        var each = Math.Max(4, words / Math.Max(1, lines.Count));
        var told = lines.Select(line => string.Join(' ', line.Split(' ').Take(each)));
        return string.Join('\n', told.Take(words / each));
    }
}
