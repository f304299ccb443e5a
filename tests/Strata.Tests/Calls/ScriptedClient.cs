using Microsoft.Extensions.AI;

namespace Strata.Tests.Calls;

/// <summary>A client that does what a test says, and counts.</summary>
internal sealed class ScriptedClient(Func<int, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private readonly SemaphoreSlim _started = new(0);
    private int _calls;
    private int _active;
    private int _mostActive;

    public ScriptedClient(params ChatResponse[] answers)
        : this((call, _) => Task.FromResult(answers[Math.Min(call, answers.Length - 1)]))
    {
    }

    public int Calls => Volatile.Read(ref _calls);

    public int MostActive => Volatile.Read(ref _mostActive);

    public ChatOptions? Options { get; private set; }

    public IEnumerable<ChatMessage>? Messages { get; private set; }

    public static ChatResponse Says(string text) => new(new ChatMessage(ChatRole.Assistant, text));

    public static ScriptedClient Throws(Func<Exception> exception) => new((_, _) => throw exception());

    /// <summary>Completes once the client was called that often.</summary>
    public async Task CalledAsync(int calls)
    {
        while (Calls < calls)
            await _started.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (Messages, Options) = (messages, options);
        var call = Interlocked.Increment(ref _calls) - 1;
        var active = Interlocked.Increment(ref _active);
        InterlockedMax(active);
        _started.Release();
        try
        {
            return await answer(call, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => _started.Dispose();

    private void InterlockedMax(int active)
    {
        for (var most = MostActive; active > most; most = MostActive)
            Interlocked.CompareExchange(ref _mostActive, active, most);
    }
}
