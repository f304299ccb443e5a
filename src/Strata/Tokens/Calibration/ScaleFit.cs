namespace Strata.Tokens.Calibration;

/// <summary>Finds the line through the newest samples that a wrong report does not bend.</summary>
internal static class ScaleFit
{
    // So many requests in a row on one side of the line: what the conversation is made of has changed, and the newest say where the line
    // lies now.
    private const int Anchors = 3;

    // Requests of much the same size tell nothing of how tokens are added to one.
    private const double LeastSpread = .15;
    private const int LeastPairs = 3;

    // Two requests alone tell it where one is much larger than the other.
    private const double SpreadOfTwo = .4;

    // A slope far from the ratio of the whole is noise, or text that is not the usual one.
    private const double MostTilt = 1.6;

    // Until requests of several sizes tell ratio from overhead: as if so many tokens had been reported at the ratio known before. A
    // greeting that is reported with a hidden system prompt must not make a long conversation look ten times as long.
    private const double Prior = 3_000;

    /// <summary>The scale of <paramref name="samples"/>, oldest first; at least one.</summary>
    /// <param name="samples">Counted and reported.</param>
    /// <param name="known">The ratio that was known before them; 1 when none was.</param>
    public static TokenScale Of(IReadOnlyList<UsageSample> samples, double known)
    {
        var usual = Median(samples.TakeLast(Anchors).Select(sample => (sample.Reported + (Prior * known)) / (sample.Counted + Prior)));
        var slopes = Slopes(samples).ToList();

        // Theil and Sen: the median of the slopes between all pairs.
        var slope =
            slopes.Count < (samples.Count == 2 ? 1 : LeastPairs) ? usual : Math.Clamp(Median(slopes), usual / MostTilt, usual * MostTilt);
        var residuals = samples.Select(sample => sample.Reported - (slope * sample.Counted)).ToList();
        var overhead = Median(residuals);
        var newest = residuals.TakeLast(Anchors).Select(residual => residual - overhead).ToList();
        return new TokenScale(
            slope, newest.TrueForAll(off => off > 0) || newest.TrueForAll(off => off < 0) ? overhead + Median(newest) : overhead);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static IEnumerable<double> Slopes(IReadOnlyList<UsageSample> samples)
    {
        var least = samples.Count == 2 ? SpreadOfTwo : LeastSpread;
        for (var i = 0; i < samples.Count; i++)
        {
            for (var j = i + 1; j < samples.Count; j++)
            {
                var run = samples[j].Counted - samples[i].Counted;
                if (Math.Abs(run) >= least * Math.Max(samples[i].Counted, samples[j].Counted))
                    yield return (double)(samples[j].Reported - samples[i].Reported) / run;
            }
        }
    }
}
