namespace Strata.Tokens.Calibration;

/// <summary>From tokens as they are counted here to tokens as a provider reports them, and back.</summary>
/// <param name="Ratio">Reported tokens for each that was counted; above 0.</param>
/// <param name="Overhead">Tokens that the provider adds once a request; below 0 where the framing is counted too high.</param>
internal readonly record struct TokenScale(double Ratio, double Overhead)
{
    /// <summary>Counted is reported.</summary>
    public static TokenScale Identity { get; } = new(1, 0);

    public bool IsIdentity => this == Identity;

    /// <summary>A whole request.</summary>
    public int ToReported(long counted) => IsIdentity ? Int(counted) : Int((counted * Ratio) + Overhead);

    /// <summary>A part of a request, without what is added once.</summary>
    public int PartToReported(long counted) => IsIdentity ? Int(counted) : Int(counted * Ratio);

    /// <summary>The most counted tokens that are reported as at most <paramref name="reported"/>; at least 1.</summary>
    public int ToCounted(int reported) => IsIdentity ? reported : Math.Max(1, Int(Math.Floor((reported - Overhead) / Ratio)));

    private static int Int(double tokens) => (int)Math.Clamp(Math.Round(tokens), 0, int.MaxValue);
}
