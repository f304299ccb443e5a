using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Models;
using Strata.Tokens;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata;

/// <summary>Reads how full a window is: counted tokens are made into those that the model's provider reports.</summary>
/// <param name="options">The compactor's.</param>
/// <param name="usual">The budget of a call that says nothing of its own.</param>
/// <param name="answersBeside">Tokens of an answer that take no room from the input, where the vendor limits that on its own.</param>
/// <param name="counter">Counts.</param>
/// <param name="calibrator">Knows what the provider makes of counted tokens.</param>
/// <param name="triggers">What makes a compaction due beside tokens.</param>
internal sealed class WindowGauge(
    CompactionOptions options, TokenBudget usual, int answersBeside, MessageCounter counter, UsageCalibrator calibrator,
    Triggers triggers)
{
    // How many of the newest turns tell how fast a conversation grows.
    private const int TurnsOfPace = 5;

    /// <summary>Whether anything beside tokens may make a compaction due.</summary>
    public bool HasTriggers => triggers.AreSet;

    /// <summary>The name under which usage is reported; null when nobody said.</summary>
    public string? ModelOf(CompactionRequest request) => request.SentModel ?? request.ChatOptions?.ModelId ?? options.Model;

    /// <summary>What the window allows in one call: as large as it turned out to be, with room for the answer that is asked for.</summary>
    public TokenBudget BudgetOf(int? window, ChatOptions? sent) =>
        usual.For(window ?? usual.Window, Math.Max((sent?.MaxOutputTokens ?? 0) - answersBeside, 0));

    public TokenScale ScaleOf(CompactionRequest request) => calibrator.ScaleOf(ModelOf(request));

    public TokenUsage Read(CompactionRequest request, Transcript transcript, TokenMap tokens, TokenScale scale)
    {
        var budget = BudgetOf(request);
        var fixedTokens = scale.ToReported(FixedTokens(request, transcript, tokens));
        var current = scale.ToReported((long)tokens.Total + counter.CountRequest(request.ChatOptions));
        var beside = budget.Beside(fixedTokens);
        // A threshold of one call's own takes the target down with it in proportion: the distance between them is what makes compactions
        // rare.
        var target = request.Target ?? (request.Threshold < budget.Threshold
            ? (int)Math.Max((long)request.Threshold.Value * budget.Target / budget.Threshold, 1)
            : beside.Target);
        var threshold = request.Threshold
            ?? Math.Max(UsualThreshold(request, transcript, tokens, scale, budget, beside, fixedTokens), target);
        if (target > budget.Window)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The target of {target:N0} tokens is above the window of "
                + $"{budget.Window:N0}. Lower the target or name a model with a larger window."));
        if (target > threshold || target < 1)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The target of {target:N0} tokens must be positive and at most the threshold of {threshold:N0}."));
        var usage = new TokenUsage(
            current, budget.Window, budget.Available, threshold, target, calibrator.ErrorBandOf(ModelOf(request), counter.Text.ErrorBand));
        return triggers.Fired(transcript, usage) is { } fired ? usage with { Trigger = fired } : usage;
    }

    /// <summary>
    /// The targets to try in their order, in reported tokens: the usual one and, where what must stay does not fit it, higher ones up to
    /// the threshold; a conversation that no longer fits the window may end anywhere below it. A target that the request states is the only
    /// one.
    /// </summary>
    public IEnumerable<int> Targets(CompactionRequest request, TokenUsage usage)
    {
        yield return usage.Target;
        if (request.Target is not null)
            yield break;
        var budget = BudgetOf(request);
        var most = usage.Current <= usage.Available ? Math.Min(usage.Threshold, usage.Available) : usage.Available;
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            var target = usage.Target + (int)((long)(most - usage.Target) * quarter / 4);
            if (target > usage.Target)
                yield return target;
        }

        if (usage.Current > usage.Available && budget.Window - budget.ReservedOutput > most)
            yield return budget.Window - budget.ReservedOutput;
    }

    /// <summary>Null when a compaction is due.</summary>
    public string? WhyUnchanged(CompactionRequest request, TokenUsage usage)
    {
        if (usage.Trigger is not null)
            return null;
        if (usage.Current <= usage.Target)
            return FormattableString.Invariant($"{usage.Current:N0} tokens are within the target of {usage.Target:N0}");
        if (request.Force)
            return null;
        if (!usage.ShouldCompact)
            return FormattableString.Invariant($"{usage.Current:N0} tokens are below the threshold of {usage.Threshold:N0}");
        return request.Threshold is null && usage.Current < options.MinTokensToCompact && usage.Current <= usage.Available
            ? FormattableString.Invariant(
                $"{usage.Current:N0} tokens are fewer than {options.MinTokensToCompact:N0}, from which compaction pays")
            : null;
    }

    /// <summary>Counted tokens that no compaction frees: instructions, tools, system messages and the client's own context.</summary>
    private long FixedTokens(CompactionRequest request, Transcript transcript, TokenMap tokens) =>
        counter.CountRequest(request.ChatOptions) - counter.CountRequest(null)
        + transcript.Groups.Where(group => group.Kind == GroupKind.System || InjectedText.IsSentOnce(group))
            .Sum(group => (long)tokens.OfGroup(group.Index));

    private TokenBudget BudgetOf(CompactionRequest request) => BudgetOf(request.LearntWindow, request.ChatOptions);

    private int UsualThreshold(
        CompactionRequest request, Transcript transcript, TokenMap tokens, TokenScale scale, TokenBudget budget, TokenBudget beside,
        int fixedTokens)
    {
        if (!options.AdaptiveThreshold.IsEnabled)
            return beside.Threshold;
        var pace = request.Pace ?? new SessionPace();
        if (pace.TokensPerTurn == 0 && transcript.Turns.Count > 0)
        {
            var lately = transcript.Turns.TakeLast(TurnsOfPace).ToList();
            pace = pace with
            {
                TokensPerTurn = lately.Average(turn => (double)scale.PartToReported(tokens.OfGroups(turn.FirstGroup, turn.GroupCount)))
            };
        }

        var ratio = AdaptiveThreshold.Ratio(
            options.AdaptiveThreshold, Math.Min(1, budget.Threshold / (double)budget.Available), budget.Available, pace);
        var rest = Math.Max(0, budget.Available - fixedTokens);
        return budget.Available - rest + (int)(rest * ratio);
    }
}
