using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Strata.Diagnostics;

/// <summary>Metrics and activities of compactions, wherever they are made.</summary>
internal static class CompactionTelemetry
{
    private static readonly ActivitySource Activities = new(TelemetryNames.Source);
    private static readonly Meter Meter = new(TelemetryNames.Source);

    private static readonly Counter<long> Compactions = Meter.CreateCounter<long>(
        TelemetryNames.Compactions, "{compaction}", "Compactions that were asked for.");

    private static readonly Counter<long> Saved = Meter.CreateCounter<long>(
        TelemetryNames.CompactionSavedTokens, "{token}", "Tokens that left conversations.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        TelemetryNames.CompactionDuration, "s", "Time that a compaction took.", tags: null, Instruments.Seconds);

    /// <summary>The activity of a compaction, which model calls are children of; null where nobody listens.</summary>
    public static Activity? Start() => Activities.StartActivity("compact");

    public static void Describe(Activity? activity, CompactionResult result, string? model)
    {
        if (activity is null)
            return;
        activity.SetTag(TelemetryNames.RequestModel, model);
        activity.SetTag(TelemetryNames.Outcome, Name(result.Outcome));
        activity.SetTag(TelemetryNames.Strategy, result.Strategy);
        activity.SetTag(TelemetryNames.TokensBefore, result.TokensBefore);
        activity.SetTag(TelemetryNames.TokensAfter, result.TokensAfter);
        activity.SetTag(TelemetryNames.Levels, result.Levels.ToArray());
        if (result.Outcome is CompactionOutcome.Compacted)
            MarkCompacted(activity);
    }

    public static void Fail(Activity? activity, Exception exception)
    {
        activity?.SetTag(TelemetryNames.ErrorType, exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>
    /// Says that what a call sends was compacted. The convention asks for true or nothing, never false.
    /// </summary>
    public static void MarkCompacted(Activity? call) => call?.SetTag(TelemetryNames.ConversationCompacted, value: true);

    /// <summary>Counts a compaction that took effect, or that came to nothing.</summary>
    public static void Record(CompactionResult result, TimeSpan duration)
    {
        var tags = new TagList { { TelemetryNames.Outcome, Name(result.Outcome) }, { TelemetryNames.Strategy, result.Strategy } };
        Compactions.Add(1, tags);
        Saved.Add(Math.Max(result.TokensBefore - result.TokensAfter, 0), tags);
        Duration.Record(duration.TotalSeconds, tags);
    }

    private static string Name(CompactionOutcome outcome) => outcome switch
    {
        CompactionOutcome.Compacted => "compacted",
        CompactionOutcome.Unchanged => "unchanged",
        _ => "cannot_fit",
    };
}
