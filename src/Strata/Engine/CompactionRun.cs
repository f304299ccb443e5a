using Strata.Calls;
using Strata.Planning;
using Strata.Rendering;
using Strata.Tokens;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata;

/// <summary>One conversation on its way through a compaction: planned, carried out, measured and checked.</summary>
/// <remarks>Plans are made in counted tokens and told in reported ones.</remarks>
internal sealed class CompactionRun
{
    // Shortened contents can come out a few tokens above their cap where a tokenizer joins across the cut; one more pass always mends it.
    private const int Attempts = 4;

    // Fewer tokens than these are not worth a second pass.
    private const int LeastWorthUsing = 100;

    // A summary of fewer groups is rarely longer than that of more; it gets a little room all the same.
    private const int SummarySlack = 32;

    private readonly CompactorParts _parts;
    private readonly CompactionRequest _request;
    private readonly TokenMap _tokens;
    private readonly TokenScale _scale;
    private readonly HashSet<int> _pinned;
    private readonly int _requestTokens;

    public CompactionRun(
        CompactorParts parts, CompactionRequest request, Transcript transcript, TokenMap tokens, TokenUsage usage, TokenScale scale)
    {
        (_parts, _request, Transcript, Usage, _scale) = (parts, request, transcript, usage, scale);
        _tokens = transcript.Messages.Any(SignedReasoning.IsIn)
            && parts.Options.Catalogue.Find(parts.Gauge.ModelOf(request)).BindsReasoning(request.SignedBy)
                ? tokens.WithoutSignedReasoning() : tokens;
        _pinned =
        [
            .. request.Pins.Select(GroupOf),
            .. transcript.Groups.Where(group => group.Messages.Any(message => message.IsPinned())).Select(group => group.Index),
        ];
        _requestTokens = parts.Counter.CountRequest(request.ChatOptions);
    }

    public Transcript Transcript { get; }

    public TokenUsage Usage { get; }

    /// <summary>Null when a compaction is due and nothing speaks against it now.</summary>
    public string? WhyUnchanged() => _parts.Gauge.WhyUnchanged(_request, Usage) ?? (
        !_request.Force && _tokens.Whole is not null && Usage.Current <= Usage.Available && BoundReasoning.IsNeededNext(Transcript)
            ? BoundReasoning.LoopReason : null);

    /// <summary>What would be done, in reported tokens.</summary>
    public CompactionPlan Plan() => FirstThatFits().Plan.In(_scale);

    /// <summary>Does it. Nothing is archived and nobody is told.</summary>
    public async ValueTask<CompactionResult> CompactAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var (plan, limit) = FirstThatFits();
        var (target, spent) = (limit, default(CallUsage));
        for (var attempt = 1; ; attempt++, plan = Plan(target))
        {
            if (plan.CannotFit is { } why)
                return Untouched(CompactionOutcome.CannotFit, why, plan);
            if (plan.ChangesNothing)
                return Untouched(CompactionOutcome.Unchanged, "the strategy found nothing to cut", plan);

            var carried = await CarryOutAsync(plan, cancellationToken).ConfigureAwait(false);
            spent = carried.Summaries.Aggregate(spent, (sum, summary) => sum + summary.Usage);
            if (carried.Plan.TokensAfter > limit && attempt < Attempts)
            {
                target -= carried.Plan.TokensAfter - limit + (limit / 50);
                continue;
            }

            if (WhyNot(carried, limit) is { } fault)
                return Untouched(Usage.Current <= Usage.Target ? CompactionOutcome.Unchanged : CompactionOutcome.CannotFit, fault, plan);
            carried = await UseWhatIsLeftAsync(carried, limit, cancellationToken).ConfigureAwait(false);
            return CompactionOutcomes.Compacted(
                Usage, carried with { Plan = carried.Plan.In(_scale) }, Transcript, _parts.Options.Model, _request.AgentId, spent,
                time.GetUtcNow(), _parts.Options.StrategyOptions.Hierarchy.Levels is [.., var highest] ? highest.Level : 0);
        }
    }

    private CompactionResult Untouched(CompactionOutcome outcome, string reason, CompactionPlan plan) =>
        CompactionOutcomes.Untouched(outcome, reason, _request, Usage, plan.In(_scale));

    private string? WhyNot(CarriedOut carried, int limit)
    {
        var after = _scale.ToReported(carried.Plan.TokensAfter);
        if (carried.Plan.TokensAfter > limit || after >= Usage.Current)
            return FormattableString.Invariant(
                $"the smallest conversation that was reached has {after:N0} tokens, the target is {_scale.ToReported(limit):N0}");
        if (carried.Outgoing.Count == 0)
            return "nothing but signed reasoning, which a rewrite takes away, would be cut";
        return FaultOf(carried) is { } fault ? $"what has to stay cannot be sent: {fault}" : null;
    }

    private static string? FaultOf(CarriedOut carried) =>
        ConversationValidator.Check([.. carried.Outgoing.Select(message => message.Message)]).FirstOrDefault();

    /// <summary>
    /// The plan for the lowest target that what must stay fits, and that target in counted tokens; where none does, the plan says why.
    /// </summary>
    private (CompactionPlan Plan, int Limit) FirstThatFits()
    {
        (CompactionPlan Plan, int Limit)? first = null;
        foreach (var target in _parts.Gauge.Targets(_request, Usage))
        {
            var limit = _scale.ToCounted(target);
            var plan = Plan(limit);
            if (plan.CannotFit is null)
                return plan.ChangesNothing && Usage.Trigger is not null ? BelowTarget() ?? (plan, limit) : (plan, limit);
            first ??= (plan, limit);
        }

        return first!.Value;
    }

    // A strategy that goes by tokens finds nothing to do in a conversation within its target; it is given one as far below.
    private (CompactionPlan Plan, int Limit)? BelowTarget()
    {
        if (_request.Target is not null)
            return null;
        var limit = _requestTokens + (int)((long)_tokens.Total * Usage.Target / Usage.Threshold);
        var plan = Plan(limit);
        return plan.CannotFit is null ? (plan, limit) : null;
    }

    private CompactionPlan Plan(int target, int? summaryTokens = null)
    {
        var options = _parts.Options.StrategyOptions;
        if (summaryTokens is { } most)
            options = options with { MaxSummaryTokens = most };
        options = options with { Hierarchy = options.Hierarchy with { Grows = !_request.Force } };
        var plan = Planner.Plan(Transcript, _tokens, _parts.Strategy, options, target, _requestTokens, _pinned);
        return PlanValidator.Check(plan, Transcript, _pinned) is { Count: > 0 } faults
            ? throw new InvalidOperationException($"The strategy '{plan.Strategy}' made an invalid plan: {string.Join("; ", faults)}.")
            : BoundReasoning.Tell(plan, Transcript, _tokens);
    }

    private async ValueTask<CarriedOut> CarryOutAsync(CompactionPlan plan, CancellationToken cancellationToken)
    {
        var summaries = await _parts.Summaries.WriteAsync(plan, Transcript, _tokens, cancellationToken).ConfigureAwait(false);
        var outgoing = BoundReasoning.LeaveOut(
            Renderer.Render(Transcript, plan, summaries, _parts.Options.SummaryRole, _tokens), _tokens);
        return CarriedOut.Measure(plan, summaries, outgoing, Transcript, _tokens, _requestTokens);
    }

    /// <summary>
    /// A summary that came out shorter than it was allowed leaves room for more of the conversation itself. Only where summaries cost
    /// nothing: what a model wrote is not thrown away for a fuller window.
    /// </summary>
    private async ValueTask<CarriedOut> UseWhatIsLeftAsync(CarriedOut carried, int limit, CancellationToken cancellationToken)
    {
        if (!_parts.Summaries.AreFree || limit - carried.Plan.TokensAfter < Math.Max(limit / 20, LeastWorthUsing)
            || carried.Plan.Summaries is not [{ IsNotice: false }])
            return carried;
        var plan = Plan(limit, carried.Summaries[0].Tokens + SummarySlack);
        if (plan.CannotFit is not null || plan.ChangesNothing)
            return carried;
        var fuller = await CarryOutAsync(plan, cancellationToken).ConfigureAwait(false);
        return fuller.Plan.TokensAfter <= limit && fuller.Plan.TokensAfter > carried.Plan.TokensAfter && FaultOf(fuller) is null
            ? fuller : carried;
    }

    private int GroupOf(int message) => message >= 0 && message < Transcript.Messages.Count
        ? Transcript.GroupOfMessage[message]
        : throw new ArgumentException(
            FormattableString.Invariant($"Pin {message}: the conversation has {Transcript.Messages.Count} messages, counted from 0."));
}
