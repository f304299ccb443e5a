using Strata.Summaries;
using Strata.LevelZero;

namespace Strata.Tests.Chat;

/// <summary>Stands for a model: writes what level 0 would, but only when a test says so.</summary>
internal sealed class SignalSummarizer : ISummarizer
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asked = new(0);
    private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public int Level => 1;

    public string Name => "signal";

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Completes once the summarizer is asked again.</summary>
    public Task AskedAsync() => _asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Completes once somebody gave up waiting.</summary>
    public Task EndedAsync() => _ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Lets everybody through until it is closed again.</summary>
    public void Open()
    {
        lock (_gate)
            _signal.TrySetResult();
    }

    public void Close()
    {
        // Whoever waits already goes on waiting for the same signal.
        lock (_gate)
            _signal = _signal.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _signal;
    }

    public async ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        _asked.Release();
        Task signal;
        lock (_gate)
            signal = _signal.Task;
        try
        {
            await signal.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ended.TrySetResult();
            throw;
        }

        return await new ExtractiveSummarizer().SummarizeAsync(request, cancellationToken) with { Level = 1, WrittenBy = Name };
    }
}
