using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Diagnostics;
using Strata.Formats;
using Strata.Models;
using Strata.Planning;
using Strata.Rendering;
using Strata.Summaries;
using Strata.LevelZero;
using Strata.Tokens;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata;

/// <summary>Keeps conversations inside a context window.</summary>
/// <remarks>
/// Thread-safe. Messages and options that are passed in are never changed. A conversation that grows from call to call is recognized by its
/// prefix: only what is new is read and counted.
/// </remarks>
public sealed class Compactor
{
    // Shortened contents can come out a few tokens above their cap where a tokenizer joins across the cut; one more pass always mends it.
    private const int Attempts = 4;

    // Fewer tokens than these are not worth a second pass.
    private const int LeastWorthUsing = 100;

    // A summary of fewer groups is rarely longer than that of more; it gets a little room all the same.
    private const int SummarySlack = 32;

    private readonly CompactionOptions _given;
    private readonly CompactionOptions _options;
    private readonly ISummarizer? _summarizer;
    private readonly ICompactionStrategy _strategy;
    private readonly SummaryWriter _summaries;
    private readonly Subscribers _subscribers;
    private readonly ConversationMemory _memory;
    private readonly CompactionArchiver? _archiver;
    private readonly WindowGauge _gauge;

    /// <param name="options">Null: the defaults.</param>
    /// <param name="summarizer">Writes summaries; null: level 0, without a model.</param>
    /// <param name="strategies">Strategies beside the built-in ones; they win where names are equal.</param>
    /// <param name="time">Null: the system's clock.</param>
    /// <param name="archive">Where originals are kept before they leave the context; null: nowhere, and what was cut can be recalled only
    /// from the caller's own copy.</param>
    /// <exception cref="ArgumentException">An unknown strategy, or numbers that contradict each other: the message names them and the way
    /// out.</exception>
    public Compactor(
        CompactionOptions? options = null, ISummarizer? summarizer = null, IEnumerable<ICompactionStrategy>? strategies = null,
        TimeProvider? time = null, IArchive? archive = null)
    {
        _given = options ?? new CompactionOptions();
        _options = WithLevels(_given, summarizer);
        if (_options.SummaryRole != ChatRole.User && _options.SummaryRole != ChatRole.System)
            throw new ArgumentException(
                $"A summary cannot be sent in the role '{_options.SummaryRole}': give user or system.", nameof(options));
        _strategy = FindStrategy(_options.Strategy, strategies);
        Time = time ?? TimeProvider.System;
        _subscribers = new Subscribers();
        Model = _options.Catalogue.Find(_options.Model);
        Counter = _options.Counter ?? ModelCatalogue.MessageCounterFor(Model.Model);
        Budget = TokenBudget.Create(WindowOf(_options, Model.Model), _options.Budget);
        Archive = archive;
        Calibrator = _options.Calibrator ?? new UsageCalibrator(archive, Time);
        _archiver = archive is null ? null : new CompactionArchiver(archive);
        _summarizer = summarizer;
        (_summaries, _memory, _gauge) = PartsOf();
    }

    // The same for another model or without models that write: what was learnt, the archive and the subscribers are shared.
    private Compactor(Compactor other, CompactionOptions options, ISummarizer? summarizer)
    {
        _given = options;
        _options = WithLevels(options, summarizer);
        (_strategy, Time, _subscribers) = (other._strategy, other.Time, other._subscribers);
        Model = _options.Catalogue.Find(_options.Model);
        Counter = _options.Counter ?? ModelCatalogue.MessageCounterFor(Model.Model);
        Budget = other.Budget.For(WindowOf(_options, Model.Model), 0);
        (Archive, Calibrator, _archiver) = (other.Archive, other.Calibrator, other._archiver);
        _summarizer = summarizer;
        (_summaries, _memory, _gauge) = PartsOf();
    }

    /// <summary>The model that the options name, and how it was found.</summary>
    public ModelMatch Model { get; }

    /// <summary>What the window allows.</summary>
    public TokenBudget Budget { get; }

    /// <summary>What tokens are counted with.</summary>
    public MessageCounter Counter { get; }

    /// <summary>
    /// Learns from reported usage what the counted tokens come to; all budgets and receipts are in tokens as the provider reports them.
    /// </summary>
    public UsageCalibrator Calibrator { get; }

    /// <summary>Where originals are kept; null: nowhere.</summary>
    public IArchive? Archive { get; }

    internal CompactionOptions Options => _options;
    internal TimeProvider Time { get; }
    internal bool AsksModels => !_summaries.AreFree;

    /// <summary>What the window allows in one call.</summary>
    /// <param name="learntWindow">The window that the provider turned out to have; null: the model's.</param>
    /// <param name="chatOptions">Says how long the answer may be; null: nothing is said.</param>
    internal TokenBudget BudgetOf(int? learntWindow, ChatOptions? chatOptions) => _gauge.BudgetOf(learntWindow, chatOptions);

    /// <summary>The same for another model: its window, where the options state none, and its tokenizer.</summary>
    internal Compactor For(string model) => new(this, _given with { Model = model }, _summarizer);

    /// <summary>The same where no model is paid or waited for.</summary>
    internal Compactor AtLevelZero() => new(this, _given, summarizer: null);

    /// <summary>Whether a rewrite invalidates signed reasoning that the model gave before.</summary>
    internal bool BindsReasoning(string? model, ReasoningVendor? signedBy = null) =>
        _options.Catalogue.Find(model).BindsReasoning(signedBy);

    /// <summary>A compactor for a model, with the numbers that are most often changed.</summary>
    public static Compactor Create(
        string model, string strategy = CompactionStrategies.Default, double thresholdRatio = .7, double targetRatio = .3,
        ISummarizer? summarizer = null) =>
        new(
            new CompactionOptions
            {
                Model = model,
                Strategy = strategy,
                Budget = new BudgetOptions { ThresholdRatio = thresholdRatio, TargetRatio = targetRatio },
            },
            summarizer);

    /// <summary>How full the window is.</summary>
    public TokenUsage GetTokenUsage(IReadOnlyList<ChatMessage> messages, ChatOptions? chatOptions = null) =>
        GetTokenUsage(new CompactionRequest { Messages = messages, ChatOptions = chatOptions });

    /// <inheritdoc cref="GetTokenUsage(IReadOnlyList{ChatMessage}, ChatOptions?)"/>
    public TokenUsage GetTokenUsage(CompactionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (transcript, tokens) = _memory.Recognize(request.Messages);
        return _gauge.Read(request, transcript, tokens, _gauge.ScaleOf(request));
    }

    /// <summary>Whether <paramref name="messages"/> are above the threshold.</summary>
    public bool ShouldCompact(IReadOnlyList<ChatMessage> messages, ChatOptions? chatOptions = null) =>
        GetTokenUsage(messages, chatOptions).ShouldCompact;

    /// <summary>
    /// What compaction to the target would do, whether it is due or not. Pure: nothing is summarized, no model is called.
    /// </summary>
    public CompactionPlan Plan(CompactionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (transcript, tokens) = _memory.Recognize(request.Messages);
        var scale = _gauge.ScaleOf(request);
        var usage = _gauge.Read(request, transcript, tokens, scale);
        return FirstThatFits(request, transcript, MayStay(request, transcript, tokens), usage, scale).Plan.In(scale);
    }

    /// <inheritdoc cref="CompactAsync(CompactionRequest, CancellationToken)"/>
    public ValueTask<CompactionResult> CompactAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken = default) =>
        CompactAsync(new CompactionRequest { Messages = messages }, cancellationToken);

    /// <summary>Compacts to <paramref name="maxOutputTokens"/> whatever the threshold is, as seed 0 does.</summary>
    /// <inheritdoc cref="CompactAsync(CompactionRequest, CancellationToken)"/>
    public ValueTask<CompactionResult> CompactAsync(
        IReadOnlyList<ChatMessage> messages, int maxOutputTokens, string? agentId = null, CancellationToken cancellationToken = default) =>
        CompactAsync(
            new CompactionRequest { Messages = messages, Target = maxOutputTokens, Force = true, AgentId = agentId }, cancellationToken);

    /// <summary>
    /// Compacts a conversation that is above its threshold. Where there is an archive, the originals are in it before this returns.
    /// </summary>
    /// <exception cref="ArgumentException">The request's numbers or pins contradict the conversation or the window.</exception>
    /// <exception cref="InvalidOperationException">A strategy made a plan that breaks the rules; nothing was changed.</exception>
    /// <exception cref="ArchiveException">The archive did not take the originals; go on with the messages as they were.</exception>
    public async ValueTask<CompactionResult> CompactAsync(CompactionRequest request, CancellationToken cancellationToken = default) =>
        await CommitAsync(await PrepareAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Does all of a compaction except that it takes effect: nothing is archived, nobody is told. The result's messages may be sent only
    /// after
    /// <see cref="CommitAsync"/>; a result that is not wanted any more is simply dropped.
    /// </summary>
    /// <exception cref="ArgumentException">The request's numbers or pins contradict the conversation or the window.</exception>
    /// <exception cref="InvalidOperationException">A strategy made a plan that breaks the rules; nothing was changed.</exception>
    public async ValueTask<CompactionResult> PrepareAsync(CompactionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var activity = CompactionTelemetry.Start();
        var started = Time.GetTimestamp();
        try
        {
            var result = await PlanAndWriteAsync(request, cancellationToken).ConfigureAwait(false);
            CompactionTelemetry.Describe(activity, result, _gauge.ModelOf(request));
            var duration = Time.GetElapsedTime(started);
            if (result.Prepared is { } prepared)
                return result with { Prepared = prepared with { Duration = duration } };
            CompactionTelemetry.Record(result, duration);
            return result;
        }
        catch (Exception e)
        {
            CompactionTelemetry.Fail(activity, e);
            throw;
        }
    }

    private async ValueTask<CompactionResult> PlanAndWriteAsync(CompactionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Calibrator.LoadAsync(_gauge.ModelOf(request), cancellationToken).ConfigureAwait(false);
        var (transcript, tokens) = _memory.Recognize(request.Messages);

        // Plans are made in counted tokens and told in reported ones; a scale learnt meanwhile waits for the next compaction.
        var scale = _gauge.ScaleOf(request);
        var usage = _gauge.Read(request, transcript, tokens, scale);
        if (_gauge.WhyUnchanged(request, usage) is { } reason)
            return CompactionOutcomes.Untouched(CompactionOutcome.Unchanged, reason, request, usage);

        tokens = MayStay(request, transcript, tokens);
        if (!request.Force && tokens.Whole is not null && usage.Current <= usage.Available && BoundReasoning.IsNeededNext(transcript))
            return CompactionOutcomes.Untouched(CompactionOutcome.Unchanged, BoundReasoning.LoopReason, request, usage);

        // The archive reads and packs what it does not know yet while summaries are written.
        var staging = _archiver?.StageAsync(transcript, cancellationToken);
        var (plan, limit) = FirstThatFits(request, transcript, tokens, usage, scale);
        var (target, spent) = (limit, default(CallUsage));
        for (var attempt = 1; ; attempt++, plan = Plan(request, transcript, tokens, target))
        {
            if (plan.CannotFit is { } why)
                return CompactionOutcomes.Untouched(CompactionOutcome.CannotFit, why, request, usage, plan.In(scale));
            if (plan.ChangesNothing)
                return CompactionOutcomes.Untouched(
                    CompactionOutcome.Unchanged, "the strategy found nothing to cut", request, usage, plan.In(scale));

            var carried = await CarryOutAsync(plan, request, transcript, tokens, cancellationToken).ConfigureAwait(false);
            spent = carried.Summaries.Aggregate(spent, (sum, summary) => sum + summary.Usage);
            if (carried.Plan.TokensAfter > limit && attempt < Attempts)
            {
                target -= carried.Plan.TokensAfter - limit + (limit / 50);
                continue;
            }

            var after = scale.ToReported(carried.Plan.TokensAfter);
            if (carried.Plan.TokensAfter > limit || after >= usage.Current)
                return CompactionOutcomes.Untouched(
                    CompactionOutcome.CannotFit,
                    FormattableString.Invariant(
                        $"the smallest conversation that was reached has {after:N0} tokens, the target is {scale.ToReported(limit):N0}"),
                    request, usage, plan.In(scale));

            if (carried.Outgoing.Count == 0)
                return CompactionOutcomes.Untouched(
                    CompactionOutcome.CannotFit, "nothing but signed reasoning, which a rewrite takes away, would be cut", request, usage,
                    plan.In(scale));

            if (ConversationValidator.Check([.. carried.Outgoing.Select(message => message.Message)]) is [var fault, ..])
                return CompactionOutcomes.Untouched(
                    CompactionOutcome.CannotFit, $"what has to stay cannot be sent: {fault}", request, usage, plan.In(scale));

            carried = await UseWhatIsLeftAsync(carried, limit, request, transcript, tokens, cancellationToken).ConfigureAwait(false);
            return CompactionOutcomes.Compacted(usage, carried with { Plan = carried.Plan.In(scale) }, transcript, _options.Model,
                request.AgentId, spent, Time.GetUtcNow()) with
            {
                Prepared = new PreparedCompaction(request, transcript, staging),
            };
        }
    }

    /// <summary>
    /// Archives a prepared compaction and tells the subscribers. One that changed nothing is returned as it is; so is one that was
    /// committed before.
    /// </summary>
    /// <exception cref="ArchiveException">The archive did not take the originals; go on with the messages as they were.</exception>
    public async ValueTask<CompactionResult> CommitAsync(CompactionResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result is not { Outcome: CompactionOutcome.Compacted, Prepared: { } prepared })
            return result;
        if (_archiver is not null)
            result = result with { Receipt = await _archiver.CommitAsync(prepared, result, cancellationToken).ConfigureAwait(false) };
        CompactionTelemetry.Record(result, prepared.Duration);
        result = result with { Prepared = null };
        await _subscribers.PublishAsync(
            new ContextCompacted(result.TokensBefore, result.TokensAfter, result.Strategy!, _options.Model, result), cancellationToken)
            .ConfigureAwait(false);
        return result;
    }

    /// <summary>
    /// Calls <paramref name="subscriber"/> after every compaction until the returned object is disposed. One that throws stops nobody.
    /// </summary>
    public IDisposable OnContextCompacted(Func<ContextCompacted, CancellationToken, ValueTask> subscriber) => _subscribers.Add(subscriber);

    // Some vendors take less input than the window they advertise: the smaller number is the one that answers with an error.
    private static int WindowOf(CompactionOptions options, ModelInfo model) =>
        options.Window ?? Math.Min(model.Window, model.InputLimit ?? int.MaxValue);

    private (SummaryWriter Summaries, ConversationMemory Memory, WindowGauge Gauge) PartsOf() =>
    (
        new SummaryWriter(_summarizer ?? new ExtractiveSummarizer(), Counter.Text),
        new ConversationMemory(Counter),
        new WindowGauge(
            _options, Budget, _options.Window is null ? Model.Model.Window - Budget.Window : 0, Counter, Calibrator)
    );

    private static CompactionOptions WithLevels(CompactionOptions options, ISummarizer? summarizer) =>
        summarizer?.Hierarchy is { } shape ? options with { StrategyOptions = options.StrategyOptions with { Hierarchy = shape } }
            : options;

    private static ICompactionStrategy FindStrategy(string name, IEnumerable<ICompactionStrategy>? strategies) =>
        strategies?.FirstOrDefault(strategy => string.Equals(strategy.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? CompactionStrategies.Find(name)
        ?? throw new ArgumentException(
            $"There is no strategy '{name}'. Known: {string.Join(", ", CompactionStrategies.All.Select(strategy => strategy.Name))}.",
            nameof(name));

    /// <summary>
    /// The plan for the lowest target that what must stay fits, and that target in counted tokens; where none does, the plan says why.
    /// </summary>
    private (CompactionPlan Plan, int Limit) FirstThatFits(
        CompactionRequest request, Transcript transcript, TokenMap tokens, TokenUsage usage, TokenScale scale)
    {
        (CompactionPlan Plan, int Limit)? first = null;
        foreach (var target in _gauge.Targets(request, usage))
        {
            var limit = scale.ToCounted(target);
            var plan = Plan(request, transcript, tokens, limit);
            if (plan.CannotFit is null)
                return (plan, limit);
            first ??= (plan, limit);
        }

        return first!.Value;
    }

    private CompactionPlan Plan(CompactionRequest request, Transcript transcript, TokenMap tokens, int target, int? summaryTokens = null)
    {
        var pinned = request.Pins.Select(message => GroupOf(transcript, message)).ToHashSet();
        var options = summaryTokens is { } most ? _options.StrategyOptions with { MaxSummaryTokens = most } : _options.StrategyOptions;
        options = options with { Hierarchy = options.Hierarchy with { Grows = !request.Force } };
        var plan = Planner.Plan(transcript, tokens, _strategy, options, target, Counter.CountRequest(request.ChatOptions), pinned);
        return PlanValidator.Check(plan, transcript, pinned) is { Count: > 0 } faults
            ? throw new InvalidOperationException($"The strategy '{plan.Strategy}' made an invalid plan: {string.Join("; ", faults)}.")
            : BoundReasoning.Tell(plan, transcript, tokens);
    }

    private TokenMap MayStay(CompactionRequest request, Transcript transcript, TokenMap tokens) =>
        transcript.Messages.Any(SignedReasoning.IsIn) && BindsReasoning(_gauge.ModelOf(request), request.SignedBy)
            ? tokens.WithoutSignedReasoning() : tokens;

    private async ValueTask<CarriedOut> CarryOutAsync(
        CompactionPlan plan, CompactionRequest request, Transcript transcript, TokenMap tokens, CancellationToken cancellationToken)
    {
        var summaries = await _summaries.WriteAsync(plan, transcript, tokens, cancellationToken).ConfigureAwait(false);
        var outgoing = BoundReasoning.LeaveOut(Renderer.Render(transcript, plan, summaries, _options.SummaryRole, tokens), tokens);
        return CarriedOut.Measure(plan, summaries, outgoing, transcript, tokens, Counter.CountRequest(request.ChatOptions));
    }

    /// <summary>
    /// A summary that came out shorter than it was allowed leaves room for more of the conversation itself. Only where summaries cost
    /// nothing:
    /// what a model wrote is not thrown away for a fuller window.
    /// </summary>
    private async ValueTask<CarriedOut> UseWhatIsLeftAsync(
        CarriedOut carried, int limit, CompactionRequest request, Transcript transcript, TokenMap tokens,
        CancellationToken cancellationToken)
    {
        if (!_summaries.AreFree || limit - carried.Plan.TokensAfter < Math.Max(limit / 20, LeastWorthUsing)
            || carried.Plan.Summaries is not [{ IsNotice: false }])
            return carried;
        var plan = Plan(request, transcript, tokens, limit, carried.Summaries[0].Tokens + SummarySlack);
        if (plan.CannotFit is not null || plan.ChangesNothing)
            return carried;
        var fuller = await CarryOutAsync(plan, request, transcript, tokens, cancellationToken).ConfigureAwait(false);
        return fuller.Plan.TokensAfter <= limit && fuller.Plan.TokensAfter > carried.Plan.TokensAfter
            && ConversationValidator.Check([.. fuller.Outgoing.Select(message => message.Message)]).Count == 0 ? fuller : carried;
    }

    private static int GroupOf(Transcript transcript, int message) => message >= 0 && message < transcript.Messages.Count
        ? transcript.GroupOfMessage[message]
        : throw new ArgumentException(
            FormattableString.Invariant($"Pin {message}: the conversation has {transcript.Messages.Count} messages, counted from 0."));
}
