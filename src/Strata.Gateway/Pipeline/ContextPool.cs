using System.Collections.Concurrent;
using Strata.Archives;
using Strata.Conversations;
using Strata.Summaries;

namespace Strata.Gateway.Pipeline;

/// <summary>The managers of conversations: one, and one for each window that requests name themselves.</summary>
internal sealed class ContextPool : IDisposable
{
    // Windows come from clients, who may name any: above this many the usual manager serves.
    private const int Capacity = 32;

    private readonly GatewayOptions _options;
    private readonly IArchive? _archive;
    private readonly ISummarizer? _summarizer;
    private readonly TimeProvider _time;
    private readonly Lazy<ContextManager> _usual;
    private readonly ConcurrentDictionary<int, Lazy<ContextManager>> _byWindow = new();

    public ContextPool(GatewayOptions options, IArchive? archive, ISummarizer? summarizer, TimeProvider time)
    {
        (_options, _archive, _summarizer, _time) = (options, archive, summarizer, time);
        _usual = new Lazy<ContextManager>(() => Make(options.Compaction));
    }

    /// <param name="window">Tokens that the request names as its window; null: none.</param>
    public ContextManager Of(int? window)
    {
        if (window is not { } named || _options.Compaction.Window <= named
            || (_byWindow.Count >= Capacity && !_byWindow.ContainsKey(named)))
            return _usual.Value;
        return _byWindow.GetOrAdd(named, key => new Lazy<ContextManager>(() => Make(_options.Compaction with { Window = key }))).Value;
    }

    public void Dispose()
    {
        foreach (var made in _byWindow.Values.Append(_usual).Where(static manager => manager.IsValueCreated))
            made.Value.Dispose();
    }

    private ContextManager Make(CompactionOptions options) => new(
        new Compactor(options, _summarizer, time: _time, archive: _archive),
        new ConversationOptions
        {
            BackgroundWait = _options.SummaryWait,
            SessionId = static (_, options) => (options as WireOptions)?.Session,
            OnFailed = (failure, _) =>
            {
                _options.OnNotice?.Invoke($"A compaction failed: {failure.Exception.Message}");
                return ValueTask.CompletedTask;
            },
            OnNotice = notice => _options.OnNotice?.Invoke(notice.Message),
        });
}
