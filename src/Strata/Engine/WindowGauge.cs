using Strata.Models;
using Strata.Tokens;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata;

/// <summary>Reads how full a window is: counted tokens are made into those that the model's provider reports.</summary>
internal sealed class WindowGauge(CompactionOptions options, TokenBudget budget, MessageCounter counter, UsageCalibrator calibrator)
{
    // How many of the newest turns tell how fast a conversation grows.
    private const int TurnsOfPace = 5;

    /// <summary>The name under which usage is reported; null when nobody said.</summary>
    public string? ModelOf(CompactionRequest request) => request.SentModel ?? request.ChatOptions?.ModelId ?? options.Model;

    public TokenScale ScaleOf(CompactionRequest request) => calibrator.ScaleOf(ModelOf(request));

    public TokenUsage Read(CompactionRequest request, Transcript transcript, TokenMap tokens, TokenScale scale)
    {
        var current = scale.ToReported((long)tokens.Total + counter.CountRequest(request.ChatOptions));
        // A threshold of one call's own takes the target down with it in proportion: the distance between them is what makes compactions rare.
        var target = request.Target ?? (request.Threshold < budget.Threshold
            ? (int)Math.Max((long)request.Threshold.Value * budget.Target / budget.Threshold, 1)
            : budget.Target);
        var threshold = request.Threshold ?? Math.Max(UsualThreshold(request, transcript, tokens, scale), target);
        if (target > budget.Window)
            throw new ArgumentException(FormattableString.Invariant($"The target of {target:N0} tokens is above the window of {budget.Window:N0}. Lower the target or name a model with a larger window."));
        if (target > threshold || target < 1)
            throw new ArgumentException(FormattableString.Invariant($"The target of {target:N0} tokens must be positive and at most the threshold of {threshold:N0}."));
        return new TokenUsage(current, budget.Window, budget.Available, threshold, target, calibrator.ErrorBandOf(ModelOf(request), counter.Text.ErrorBand));
    }

    /// <summary>Null when a compaction is due.</summary>
    public string? WhyUnchanged(CompactionRequest request, TokenUsage usage)
    {
        if (usage.Current <= usage.Target)
            return FormattableString.Invariant($"{usage.Current:N0} tokens are within the target of {usage.Target:N0}");
        if (request.Force)
            return null;
        if (!usage.ShouldCompact)
            return FormattableString.Invariant($"{usage.Current:N0} tokens are below the threshold of {usage.Threshold:N0}");
        return request.Threshold is null && usage.Current < options.MinTokensToCompact && usage.Current <= usage.Available
            ? FormattableString.Invariant($"{usage.Current:N0} tokens are fewer than {options.MinTokensToCompact:N0}, from which compaction pays")
            : null;
    }

    private int UsualThreshold(CompactionRequest request, Transcript transcript, TokenMap tokens, TokenScale scale)
    {
        if (!options.AdaptiveThreshold.IsEnabled)
            return budget.Threshold;
        var pace = request.Pace ?? new SessionPace();
        if (pace.TokensPerTurn == 0 && transcript.Turns.Count > 0)
        {
            var lately = transcript.Turns.TakeLast(TurnsOfPace).ToList();
            pace = pace with { TokensPerTurn = lately.Average(turn => (double)scale.PartToReported(tokens.OfGroups(turn.FirstGroup, turn.GroupCount))) };
        }

        var ratio = AdaptiveThreshold.Ratio(options.AdaptiveThreshold, Math.Min(1, budget.Threshold / (double)budget.Available), budget.Available, pace);
        return (int)(budget.Available * ratio);
    }
}
