namespace Strata.Tokens.Calibration;

/// <summary>What was learnt of one model. A value: the calibrator exchanges it whole.</summary>
internal sealed record ModelUsage(string Model)
{
    // As many requests as tell of the newest kind of text; older ones are of what the conversation once was.
    private const int Window = 16;

    // No tokenizer gives less or more for what was counted here; what lies outside is a server that reports only what its cache did not
    // serve, or a sum of several calls.
    private const double Least = .4;
    private const double Most = 4;

    // What a provider may add once a request, unseen: a system prompt of its own, tools that it brings.
    private const long MostOverhead = 3_000;

    // A report this far from what was expected is wrong, unless the next ones say the same.
    private const double FarOff = 1.5;
    private const double TooFewToTell = 300;
    private const int AgreeingReports = 4;
    private const double Agreement = 1.1;

    // The band of a model about which no counter claims anything.
    private const double UnknownBand = .06;

    // Errors count where they matter: below this many tokens as a share of it, and ratios are those of a conversation at least this long.
    private const double LeastShare = 2_000;
    private const long UsualLength = 10_000;

    private IReadOnlyList<UsageSample> Samples { get; init; } = [];

    private IReadOnlyList<UsageSample> Doubted { get; init; } = [];

    /// <summary>How far each report lay from what was expected of it, as a share of it.</summary>
    private IReadOnlyList<double> Errors { get; init; } = [];

    private TokenCalibration? Earlier { get; init; }

    public TokenScale Scale { get; private init; } = TokenScale.Identity;

    /// <summary>Calls that it was learnt from, those of earlier processes included.</summary>
    public int Count { get; private init; }

    /// <summary>The store's knowledge, until this process has its own.</summary>
    public ModelUsage With(TokenCalibration earlier) => this with
    {
        Earlier = earlier,
        Count = Count + earlier.Samples,
        Scale = Samples.Count > 0 ? Scale : new TokenScale(earlier.Ratio, 0),
    };

    /// <summary>With one more sample; without it when it is not believed.</summary>
    public ModelUsage With(UsageSample sample)
    {
        if (sample.Reported < Least * sample.Counted || sample.Reported > (Most * sample.Counted) + MostOverhead)
            return this;
        var expected = Scale.ToReported(sample.Counted);
        var missed = Math.Abs(sample.Reported - expected);
        if (Count == 0)
            return Believe([sample], []);
        if (missed <= TooFewToTell || !IsFar((double)sample.Reported / Math.Max(expected, 1), FarOff))
            return Believe([.. Samples, sample], [.. Errors, missed / Math.Max(sample.Reported, LeastShare)]);

        // What is far off again and again, and always by as much, is how the model bills now.
        UsageSample[] doubted = [.. Doubted.Where(other => !IsFar(other.Ratio / sample.Ratio, Agreement)), sample];
        return doubted.Length < AgreeingReports ? this with { Doubted = doubted } : Believe(doubted, []);
    }

    /// <summary>How far the next report may lie from what is expected, as a share of it.</summary>
    /// <param name="counterBand">What the counter claims of itself; it fades with every report.</param>
    public double ErrorBand(double counterBand)
    {
        if (Count == 0)
            return counterBand;
        var errors = Errors.OrderDescending().Skip(Errors.Count >= Window / 2 ? 1 : 0).FirstOrDefault();
        var own = Samples.Count > 0 || Earlier is null ? errors : Earlier.ErrorBand;
        return Math.Max(own, Math.Max(counterBand, UnknownBand) / Count);
    }

    public TokenCalibration ToCalibration(DateTimeOffset at)
    {
        var length = Math.Max(UsualLength, Samples is [.., var newest] ? newest.Counted : 0);
        return new TokenCalibration(Model, Scale.ToReported(length) / (double)length, ErrorBand(0), Count, at);
    }

    private ModelUsage Believe(UsageSample[] samples, double[] errors)
    {
        UsageSample[] kept = [.. samples.TakeLast(Window)];
        return this with
        {
            Samples = kept,
            Errors = [.. errors.TakeLast(Window)],
            Doubted = [],
            Scale = ScaleFit.Of(kept, Earlier?.Ratio ?? 1),
            Count = Count + 1
        };
    }

    private static bool IsFar(double quotient, double limit) => quotient > limit || quotient < 1 / limit;
}
