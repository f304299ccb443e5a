using System.Runtime.CompilerServices;
using Strata.Calls;
using Strata.Planning.Hierarchy;
using Strata.Secrets;
using Strata.Summaries;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Ladder;

/// <summary>
/// Has the parts of one summary written: from the store where they were paid for, children before their parents, all that do not wait for
/// each other at the same time. What was written stays in the store, whatever becomes of the rest.
/// </summary>
internal sealed class TreeWriter(
    NodeWriter nodes, ISummaryStore store, SingleFlight<SummaryNode> flights, ILadderObserver observer, SummaryRequest request)
{
    private readonly ConditionalWeakTable<PlannedPart, string> _keys = [];
    private readonly Lazy<string> _language = new(() => ConversationLanguage.Of(request.Transcript));

    private readonly Lock _spending = new();

    /// <summary>What models took so far for the nodes that were written here, at all levels.</summary>
    public CallUsage Spent { get; private set; }

    private Transcript Transcript => request.Transcript;

    /// <summary>The node of a part. Never throws for what a model did.</summary>
    /// <param name="part">What to write.</param>
    /// <param name="stop">Ends calls of models; level 0 writes what is left.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public async Task<SummaryNode> WriteAsync(PlannedPart part, CancellationToken stop, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        try
        {
            return await WriteAsync(part, ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return await WriteWithoutModelsAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The name under which parts go on that an earlier compaction wrote.</summary>
    public const string Carried = "carried";

    private async Task<SummaryNode> WriteAsync(PlannedPart part, CancellationToken cancellationToken)
    {
        if (AsItIs(part) is { } node)
            return node;
        var key = KeyOf(part);
        cancellationToken.ThrowIfCancellationRequested();
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
            return Reused(known, part);
        var isOurs = false;
        // Others may wait for it as well: no wait of ours ends it for them.
        node = await flights.RunAsync(key, WriteHereAsync, cancellationToken).ConfigureAwait(false);
        return isOurs ? node : node with { Usage = default };

        Task<SummaryNode> WriteHereAsync(CancellationToken abandoned)
        {
            isOurs = true;
            return WriteNewAsync(key, part, abandoned);
        }
    }

    // The wait is over: what others wrote meanwhile is taken, and level 0 writes the rest.
    private async Task<SummaryNode> WriteWithoutModelsAsync(PlannedPart part, CancellationToken cancellationToken)
    {
        // Thousands of parts may stand below one another.
        await Task.Yield();
        if (AsItIs(part) is { } node)
            return node;
        var key = KeyOf(part);
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
            return Reused(known, part);
        var children = await Task.WhenAll(part.Children.Where(IsWritten).Select(child => WriteWithoutModelsAsync(child, cancellationToken)))
            .ConfigureAwait(false);
        return Written(nodes.WriteWithoutModels(key, part, children, request, cancellationToken), part);
    }

    private SummaryNode? AsItIs(PlannedPart part) => part switch
    {
        { Carried: { } carried } => new SummaryNode(
            KeyOf(part), part.Level, SecretRedactor.Redact(carried.Text), part.MaxTokens, Carried, default, []),
        { Level: 0 } => NodeWriter.WordsOf(KeyOf(part), part, request),
        _ => null,
    };

    private async Task<SummaryNode> WriteNewAsync(string key, PlannedPart part, CancellationToken cancellationToken)
    {
        // Another caller may have written it between our look and our flight.
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
            return Reused(known, part);
        var children =
            await Task.WhenAll(part.Children.Where(IsWritten).Select(child => WriteAsync(child, cancellationToken))).ConfigureAwait(false);
        var claim = await ClaimAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            // Another process may have written it while we waited for the claim.
            if (claim is not null && await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } writtenElsewhere)
                return Reused(writtenElsewhere, part);
            var node = await nodes.WriteAsync(key, part, children, request, _language.Value, cancellationToken).ConfigureAwait(false);
            if (IsSettled(node) && children.All(IsSettled))
                node = (await KeepAsync(node, cancellationToken).ConfigureAwait(false)) with { Usage = node.Usage };
            return Written(node, part);
        }
        finally
        {
            if (claim is not null)
                await claim.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What level 0 wrote because models were down is asked for again when they are back, and so is what rests on it. What models were paid
    // for and the gate refused is not: asked again, they would be paid again.
    private static bool IsSettled(SummaryNode node) =>
        !node.LacksPieces && (node.Level > 0 || node.WrittenBy == Carried || (node.Failures.Count > 0 && node.Failures.All(IsFinal)));

    /// <summary>Whether asking again would be paid for again and come to the same.</summary>
    public static bool IsFinal(CallFailure failure) => failure.Fault is CallFault.Rejected or CallFault.NoAnswer;

    // A store that is down costs money, not the session.
    private async ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Warn(e);
            return null;
        }
    }

    private async ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ClaimAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Warn(e);
            return null;
        }
    }

    // Paid for is paid for: a caller that gave up meanwhile does not lose it.
    private async ValueTask<SummaryNode> KeepAsync(SummaryNode node, CancellationToken cancellationToken)
    {
        try
        {
            return await store.AddAsync(node, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Warn(e);
            return node;
        }
    }

    private static void Warn(Exception e) =>
        System.Diagnostics.Trace.TraceWarning("The store of summaries failed: {0}", SecretRedactor.Redact(e.ToString()));

    // The words themselves are read where the parent is written, with the roles they were said in.
    public static bool IsWritten(PlannedPart part) => part.Level > 0 || part.Carried is not null;

    private SummaryNode Reused(SummaryNode node, PlannedPart part)
    {
        node = node with { Usage = default };
        observer.OnReused(node, part.CoveredTokens);
        return node;
    }

    private SummaryNode Written(SummaryNode node, PlannedPart part)
    {
        lock (_spending)
            Spent += node.Usage;
        observer.OnWritten(node, part.CoveredTokens);
        return node;
    }

    // Children first, without recursion: the stack would not hold the thousands that may stand below one another.
    private string KeyOf(PlannedPart part)
    {
        if (_keys.TryGetValue(part, out var key))
            return key;
        var open = new Stack<PlannedPart>([part]);
        while (open.TryPeek(out var next))
        {
            var below = next.Children.Where(child => !_keys.TryGetValue(child, out _)).ToList();
            below.ForEach(open.Push);
            if (below.Count == 0)
                key = _keys.GetValue(open.Pop(), p => NodeKey.Of(p, Transcript, KeyOf, nodes.WritingOf));
        }

        return key!;
    }
}
