using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Strata.Tests.Shared;

/// <summary>A model in memory: answers what a test says and remembers what it was sent. Many may ask at once.</summary>
internal class FakeChatClient : IChatClient
{
    private readonly Func<int, FakeRequest, CancellationToken, Task<ChatResponse>> _answer;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Lock _lock = new();
    private readonly List<FakeRequest> _requests = [];
    private readonly Queue<Func<IReadOnlyList<ChatMessage>, ChatResponse>> _script = new();
    private int _active;

    /// <param name="answer">Gets the number of the call, from 0.</param>
    public FakeChatClient(Func<int, CancellationToken, Task<ChatResponse>> answer) => _answer = (call, _, token) => answer(call, token);

    /// <param name="answer">Gets the number of the call, from 0, and what was sent.</param>
    public FakeChatClient(Func<int, FakeRequest, CancellationToken, Task<ChatResponse>> answer) => _answer = answer;

    /// <summary>Gives the answers in their order, and the last of them from then on.</summary>
    public FakeChatClient(params ChatResponse[] answers)
        : this((call, _) => Task.FromResult(answers[Math.Min(call, answers.Length - 1)]))
    {
    }

    /// <summary>Gives the answers in their order, then "ok".</summary>
    public FakeChatClient(params Func<IReadOnlyList<ChatMessage>, ChatResponse>[] script)
    {
        _answer = (_, request, _) => Task.FromResult(Next() is { } answer ? answer(request.Messages) : Say("ok"));
        Then(script);
    }

    /// <summary>Says "ok" until it is told otherwise.</summary>
    public FakeChatClient()
        : this(Array.Empty<Func<IReadOnlyList<ChatMessage>, ChatResponse>>())
    {
    }

    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    public int Calls
    {
        get
        {
            lock (_lock)
                return _requests.Count;
        }
    }

    /// <summary>How many calls were under way at the same time.</summary>
    public int MostActive { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>What the last request had.</summary>
    public IReadOnlyList<ChatMessage> Last => Requests[^1].Messages;

    /// <summary>The very list that the last call was given; null before the first.</summary>
    public IEnumerable<ChatMessage>? Given => Requests.LastOrDefault()?.Given;

    public ChatOptions? Options => Requests.LastOrDefault()?.Options;

    public IEnumerable<string> ToolsOfLast => Options?.Tools?.Select(tool => tool.Name) ?? [];

    public static ChatResponse Say(string text, long? inputTokens = null) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        Usage = inputTokens is null ? null : new UsageDetails { InputTokenCount = inputTokens, OutputTokenCount = 10 },
    };

    public static ChatResponse Call(params AIContent[] contents) => new(new ChatMessage(ChatRole.Assistant, [.. contents]))
    {
        FinishReason = ChatFinishReason.ToolCalls,
        Usage = new UsageDetails { OutputTokenCount = 5 },
    };

    public static FakeChatClient Throws(Func<Exception> exception) => new((_, _) => throw exception());

    /// <summary>Answers the last message of each request by its text.</summary>
    public static FakeChatClient Replies(Func<string, string> reply) =>
        new((_, request, _) => Task.FromResult(Say(reply(request.Messages[^1].Text))));

    public void Then(params Func<IReadOnlyList<ChatMessage>, ChatResponse>[] more)
    {
        lock (_lock)
        {
            foreach (var answer in more)
                _script.Enqueue(answer);
        }
    }

    /// <summary>Completes once the client was called that often.</summary>
    public async Task CalledAsync(int calls)
    {
        while (Calls < calls)
            await _asked.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new FakeRequest(messages, [.. messages], options);
        int call;
        lock (_lock)
        {
            call = _requests.Count;
            _requests.Add(request);
            MostActive = Math.Max(MostActive, ++_active);
        }

        _asked.Release();
        try
        {
            return await _answer(call, request, cancellationToken);
        }
        finally
        {
            lock (_lock)
                _active--;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var response = await GetResponseAsync(messages, options, cancellationToken);
        var id = $"message {Calls}";
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { MessageId = id };
        if (response.Usage is { } usage)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { MessageId = id };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        IsDisposed = true;
        GC.SuppressFinalize(this);
    }

    private Func<IReadOnlyList<ChatMessage>, ChatResponse>? Next()
    {
        lock (_lock)
            return _script.TryDequeue(out var answer) ? answer : null;
    }
}

/// <summary>What a model was sent: the list itself, and what was in it then.</summary>
internal sealed record FakeRequest(IEnumerable<ChatMessage> Given, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>The texts of all messages, a line each.</summary>
    public string Text => string.Join('\n', Messages.Select(message => message.Text));
}
