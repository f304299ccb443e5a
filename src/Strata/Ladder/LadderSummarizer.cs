using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.LevelZero;
using Strata.Planning.Hierarchy;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Ladder;

/// <summary>
/// Summaries that models write, level by level, each node paid for once. Beside what they tell stands what code carries: rules, tasks,
/// files, commands, failures and names, as level 0 writes them. What no model writes in time, level 0 does.
/// </summary>
/// <remarks>Thread-safe. One instance for all conversations: breakers, limits and nodes are shared.</remarks>
public sealed class LadderSummarizer : ISummarizer
{
    private static readonly ExtractiveSummarizer LevelZero = new();

    private readonly LadderOptions _options;
    private readonly NodeWriter _nodes;
    private readonly ISummaryStore _store;
    private readonly ModelCaller _caller;
    private readonly Listeners<ILadderObserver> _listeners;
    private readonly ILadderObserver _observer;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopCalling;
    private readonly SingleFlight<SummaryNode> _flights = new();

    /// <param name="options">Who writes.</param>
    /// <param name="caller">Calls the models; null: one with the default limits.</param>
    /// <param name="store">Where nodes are kept; null: in memory.</param>
    /// <param name="observer">Is told of every node.</param>
    /// <param name="time">Null: the system's clock.</param>
    /// <param name="stopCalling">Ends all calls of models, for good: what is not written then level 0 writes, and the compaction still
    /// succeeds.</param>
    /// <exception cref="ArgumentException">Levels that contradict each other: the message names them and the way out.</exception>
    public LadderSummarizer(
        LadderOptions options, ModelCaller? caller = null, ISummaryStore? store = null, ILadderObserver? observer = null,
        TimeProvider? time = null,
        CancellationToken stopCalling = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        LadderCheck.Check(options);
        _options = options;
        _caller = caller ?? new ModelCaller();
        _nodes = new NodeWriter(options, _caller);
        _store = store ?? new InMemorySummaryStore();
        _listeners = new Listeners<ILadderObserver>([observer]);
        _observer = LadderObservers.Of(_listeners);
        _time = time ?? TimeProvider.System;
        _stopCalling = stopCalling;
        Hierarchy = options.Shape with { Levels = [.. options.Levels.Select(level => new LevelSize(level.Level, level.MaxTokens))] };
    }

    /// <summary>
    /// Tells <paramref name="observer"/> of every node and of every call of a model until what is returned is disposed. Others who share
    /// the caller are told of as well.
    /// </summary>
    public IDisposable Observe<TObserver>(TObserver observer)
        where TObserver : class, ILadderObserver, ICallObserver
    {
        var (nodes, calls) = (_listeners.Add(observer), _caller.Observe(observer));
        return new Observation(nodes, calls);
    }

    public int Level => _options.Levels[^1].Level;

    public string Name => "ladder";

    public HierarchyOptions Hierarchy { get; }

    public async ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (ExtractiveSummarizer.NothingNew(request))
            return await LevelZero.SummarizeAsync(request, cancellationToken).ConfigureAwait(false);

        var parts = request.Parts.Count > 0 ? request.Parts : WholePart.Of(request, Hierarchy);
        _observer.OnPlanned(CountByLevel(parts));
        using var wait = new CancellationTokenSource(_options.MaxWait, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, _stopCalling);
        var tree = new TreeWriter(_nodes, _store, _flights, _observer, request);
        var nodes = await Task.WhenAll(parts.Select(part => tree.WriteAsync(part, stop.Token, cancellationToken))).ConfigureAwait(false);
        return Compose(request, parts, nodes, cancellationToken) with { Usage = tree.Spent };
    }

    private static Summary Compose(
        SummaryRequest request, IReadOnlyList<PlannedPart> parts, SummaryNode[] nodes, CancellationToken cancellationToken)
    {
        // With no model at all, level 0 tells the whole better than piece by piece.
        var nobodyWrote = nodes.All(node => node.Level == 0 && node.WrittenBy is not (TreeWriter.Carried or LevelZeroText.Excerpts));
        var first = nobodyWrote && nodes.Any(node => node.Failures.Count > 0) ? nodes.Length : 0;
        var least = request.MaxTokens / 4;
        List<(PlannedPart Part, SummaryNode Node)> told;
        string history;
        do
        {
            told = [.. parts.Zip(nodes).Skip(first).Where(pair => pair.Second.Text.Length > 0)];
            history = SummaryHistory.Write([.. told.Select(pair => PartOf(pair.Part, pair.Node, request.Transcript))]);
        }
        while (request.Counter.Count(history) > request.MaxTokens - least && first++ < nodes.Length);

        var beside = history.Length == 0 ? request.Beside : [.. request.Beside, new ChatMessage(ChatRole.User, history)];
        // What the history leaves out is level 0's to tell.
        List<PlannedPart> toldParts = [.. told.Select(pair => pair.Part)];
        var code = ExtractiveSummarizer.Write(
            request with { Beside = beside, MaxTokens = request.MaxTokens - request.Counter.Count(history) - 2, Parts = toldParts },
            cancellationToken);
        var text = history.Length == 0 ? code : code + "\n" + history;
        return new Summary(
            text, request.Counter.Count(text), told.Select(pair => pair.Node.Level).DefaultIfEmpty(0).Max(),
            string.Join(
                ", ", told.Where(pair => pair.Node.Level > 0).Select(pair => pair.Node.WrittenBy).Append(LevelZero.Name).Distinct()))
        {
            Nodes = nodes,
        };
    }

    private static SummaryPart PartOf(PlannedPart part, SummaryNode node, Transcript transcript) => part.Carried is { } carried
        ? carried with { IsEarlier = true }
        : new SummaryPart(
            node.Level, HandleOf(part, first: true, transcript), HandleOf(part, first: false, transcript), SummaryFormat.Escape(node.Text),
            part.AllCarried.Any());

    // A part that took up parts of earlier compactions is recalled from where they began.
    private static Handle HandleOf(PlannedPart part, bool first, Transcript transcript)
    {
        while (part.Carried is null && part.Children.Count > 0)
            part = part.Children[first ? 0 : ^1];
        return part.Carried is { } carried
            ? first ? carried.First : carried.Last
            : transcript.Groups[first ? part.FirstGroup : part.LastGroup].Handle;
    }

    private static Dictionary<int, int> CountByLevel(IEnumerable<PlannedPart> parts)
    {
        var counts = new Dictionary<int, int>();
        var open = new Stack<PlannedPart>(parts);
        while (open.TryPop(out var part))
        {
            if (part.Carried is null && part.Level > 0)
                counts[part.Level] = counts.GetValueOrDefault(part.Level) + 1;
            foreach (var child in part.Children)
                open.Push(child);
        }

        return counts;
    }

    private sealed class Observation(params IReadOnlyList<IDisposable> parts) : IDisposable
    {
        public void Dispose()
        {
            foreach (var part in parts)
                part.Dispose();
        }
    }
}
