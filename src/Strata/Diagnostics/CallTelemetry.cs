using System.Diagnostics;
using Strata.Calls;
using Strata.Ladder;
using Strata.Summaries;

namespace Strata.Diagnostics;

/// <summary>Metrics and activities of model calls and summaries, under the names in <see cref="TelemetryNames"/>.</summary>
/// <remarks>
/// A <see cref="Compactor"/> tells of its compactions by itself. Costs next to nothing while nobody listens. Tells no text, no key and no
/// reason: only names, numbers and kinds.
/// </remarks>
public sealed class CallTelemetry : ICallObserver, ILadderObserver, IDisposable
{
    private readonly ActivitySource _activities = new(TelemetryNames.Source);
    private readonly Instruments _instruments = new();
    private readonly AsyncLocal<Activity?> _call = new();

    public void OnStarted(string model, string purpose)
    {
        var (_, name) = Naming.Split(model);
        var tags = Tags(model, purpose);
        _instruments.Calls.Add(1, tags);
        _instruments.Active.Add(1, tags);
        _call.Value = _activities.StartActivity(ActivityKind.Client, tags: tags, name: $"chat {name}");
    }

    public void OnAnswered(CallAnswer answer, string purpose)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var tags = Tags(answer.Model, purpose);
        var call = Ended(tags, answer.Usage);
        _instruments.Duration.Record(answer.Usage.Duration.TotalSeconds, tags);
        call?.SetTag(TelemetryNames.FinishReasons, new[] { answer.WasCut ? "length" : "stop" });
        call?.Dispose();
    }

    public void OnFailed(CallFailure failure, string purpose)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var tags = Tags(failure.Model, purpose);
        var error = Naming.ErrorType(failure.Fault);
        var failed = tags;
        failed.Add(TelemetryNames.ErrorType, error);
        _instruments.Failures.Add(1, failed);
        if (failure.Fault.IsSkip())
            return;
        var call = Ended(tags, failure.Usage);
        _instruments.Duration.Record(failure.Usage.Duration.TotalSeconds, failed);
        call?.SetTag(TelemetryNames.ErrorType, error);
        call?.SetStatus(ActivityStatusCode.Error, error);
        call?.Dispose();
    }

    public void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel)
    {
    }

    public void OnWritten(SummaryNode node, int coveredTokens)
    {
        ArgumentNullException.ThrowIfNull(node);
        var tags = Tags(node);
        _instruments.Written.Add(1, tags);
        _instruments.Saved.Add(coveredTokens - node.Tokens, tags);
        if (coveredTokens > 0)
            _instruments.Compression.Record((double)node.Tokens / coveredTokens, tags);
        if (node.Quality is { } quality)
            _instruments.Coherence.Record(quality.Coherence, tags);
    }

    public void OnReused(SummaryNode node, int coveredTokens)
    {
        ArgumentNullException.ThrowIfNull(node);
        _instruments.StoreHits.Add(1, Tags(node));
    }

    public void Dispose()
    {
        _activities.Dispose();
        _instruments.Dispose();
    }

    private static TagList Tags(string model, string purpose)
    {
        var (provider, name) = Naming.Split(model);
        return new TagList
        {
            { TelemetryNames.OperationName, "chat" },
            { TelemetryNames.ProviderName, provider },
            { TelemetryNames.RequestModel, name },
            { TelemetryNames.Purpose, purpose },
        };
    }

    private static TagList Tags(SummaryNode node) => new()
    {
        { TelemetryNames.RequestModel, Naming.Split(node.WrittenBy).Model },
        { TelemetryNames.Purpose, Naming.Purpose(node) },
    };

    private Activity? Ended(TagList tags, CallUsage usage)
    {
        _instruments.Active.Add(-1, tags);
        _instruments.Record(usage, tags);
        var call = _call.Value;
        _call.Value = null;
        call?.SetTag(TelemetryNames.InputTokens, usage.InputTokens);
        call?.SetTag(TelemetryNames.OutputTokens, usage.OutputTokens);
        call?.SetTag(TelemetryNames.CacheReadTokens, usage.CachedTokens);
        if (usage.CacheWriteTokens > 0)
            call?.SetTag(TelemetryNames.CacheWriteTokens, usage.CacheWriteTokens);
        if (usage.ReasoningTokens > 0)
            call?.SetTag(TelemetryNames.ReasoningTokens, usage.ReasoningTokens);
        if (usage.Cost is { } cost)
            call?.SetTag(TelemetryNames.Cost, (double)cost);
        return call;
    }
}
