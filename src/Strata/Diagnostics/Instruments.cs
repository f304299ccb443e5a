using System.Diagnostics;
using System.Diagnostics.Metrics;
using Strata.Calls;

namespace Strata.Diagnostics;

/// <summary>The instruments of the one meter.</summary>
internal sealed class Instruments : IDisposable
{
    /// <summary>The boundaries of the conventions.</summary>
    public static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [.01, .02, .04, .08, .16, .32, .64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };

    private static readonly InstrumentAdvice<double> Shares = new()
    {
        HistogramBucketBoundaries = [.01, .02, .05, .1, .2, .3, .5, .7, .9, 1, 1.1]
    };

    private static readonly InstrumentAdvice<long> Tokens =
        new()
        {
            HistogramBucketBoundaries =
                [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864]
        };

    private readonly Meter _meter = new(TelemetryNames.Source);
    private readonly Histogram<long> _tokenUsage;
    private readonly Counter<double> _cost;

    public Instruments()
    {
        _tokenUsage =
            _meter.CreateHistogram(TelemetryNames.TokenUsage, "{token}", "Number of input and output tokens used.", tags: null, Tokens);
        Duration = _meter.CreateHistogram(TelemetryNames.OperationDuration, "s", "GenAI operation duration.", tags: null, Seconds);
        Calls = _meter.CreateCounter<long>(TelemetryNames.Calls, "{call}", "Calls of models that were sent, retries included.");
        Active = _meter.CreateUpDownCounter<long>(TelemetryNames.CallsActive, "{call}", "Calls of models that are under way.");
        Failures = _meter.CreateCounter<long>(
            TelemetryNames.CallFailures, "{failure}", "Calls that came to nothing, those included that were not sent.");
        _cost = _meter.CreateCounter<double>(TelemetryNames.CallCost, "{USD}", "What calls of models with known prices cost.");
        Written = _meter.CreateCounter<long>(TelemetryNames.SummariesWritten, "{summary}", "Summaries that were written.");
        StoreHits = _meter.CreateCounter<long>(TelemetryNames.StoreHits, "{summary}", "Summaries that were paid for before.");
        Saved = _meter.CreateUpDownCounter<long>(
            TelemetryNames.SavedTokens, "{token}", "Tokens of what written summaries stand for, less their own.");
        Compression =
            _meter.CreateHistogram(TelemetryNames.CompressionRatio, "1", "Tokens of a summary by those it stands for.", tags: null, Shares);
        Coherence = _meter.CreateHistogram(TelemetryNames.Coherence, "1", "The quality gate's measure of a summary.", tags: null, Shares);
    }

    public Histogram<double> Duration { get; }

    public Counter<long> Calls { get; }

    public UpDownCounter<long> Active { get; }

    public Counter<long> Failures { get; }

    public Counter<long> Written { get; }

    public Counter<long> StoreHits { get; }

    public UpDownCounter<long> Saved { get; }

    public Histogram<double> Compression { get; }

    public Histogram<double> Coherence { get; }

    /// <summary>What a call took; calls that took nothing leave no zeros behind that would pull the averages down.</summary>
    public void Record(CallUsage usage, TagList tags)
    {
        Record(usage.InputTokens, "input", tags);
        Record(usage.OutputTokens, "output", tags);
        if (usage.Cost is > 0 and { } cost)
            _cost.Add((double)cost, tags);
    }

    public void Dispose() => _meter.Dispose();

    private void Record(long tokens, string type, TagList tags)
    {
        if (tokens == 0)
            return;
        tags.Add(TelemetryNames.TokenType, type);
        _tokenUsage.Record(tokens, tags);
    }
}
