namespace Strata.Tokens.Calibration;

/// <summary>One request: its tokens as they were counted and as the provider reported them.</summary>
internal readonly record struct UsageSample(long Counted, long Reported)
{
    public double Ratio => (double)Reported / Counted;
}
