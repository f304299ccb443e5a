using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Calls;

namespace Strata.Tests.Ladder;

/// <summary>A model in memory: remembers what it was sent, and answers what the test says.</summary>
internal sealed class FakeModel(string name, Func<string, int, CancellationToken, Task<string>> answer) : IChatClient
{
    private int _calls;

    /// <summary>Answers each prompt; the number counts calls from 1.</summary>
    public FakeModel(string name, Func<string, int, string> answer) : this(name, (prompt, call, _) => Task.FromResult(answer(prompt, call)))
    {
    }

    /// <summary>Says the first words of what is between the delimiters.</summary>
    public static FakeModel Honest(string name = "fake/small") => new(name, (prompt, _) => Digest(prompt));

    public ConcurrentQueue<string> Prompts { get; } = [];

    public int Calls => _calls;

    public CallableModel Callable => new() { Name = name, Client = this, Window = 32_000 };

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = string.Join('\n', messages.Select(message => message.Text));
        Prompts.Enqueue(prompt);
        var text = await answer(prompt, Interlocked.Increment(ref _calls), cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>Some words of the prompt's data: what a model that reads would say.</summary>
    public static string Digest(string prompt)
    {
        var headings = prompt.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Distinct().Select(line => line + "\n-\n");
        var data = prompt[(prompt.IndexOf("<data-", StringComparison.Ordinal) + 1)..];
        var words = data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(headings) + "The user worked on it: " + string.Join(' ', words.Skip(words.Length / 3).Take(30)) + ".";
    }
}
