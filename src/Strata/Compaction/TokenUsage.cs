namespace Strata;

/// <summary>How full a conversation's window is. All numbers are tokens.</summary>
/// <param name="Current">What would be sent now, instructions and tools included.</param>
/// <param name="Window">What the model accepts.</param>
/// <param name="Available">The window without the reserved output and the safety margin.</param>
/// <param name="Threshold">Above this, compaction starts.</param>
/// <param name="Target">At or below this, compaction ends.</param>
/// <param name="ErrorBand">How far the true number may lie from <paramref name="Current"/>, as a share of it; 0 when it is exact.</param>
public sealed record TokenUsage(int Current, int Window, int Available, int Threshold, int Target, double ErrorBand)
{
    /// <summary>Share of <see cref="Available"/> in use; above 1 when it does not fit.</summary>
    public double Ratio => Available == 0 ? 0 : (double)Current / Available;

    /// <summary>Share of <see cref="Window"/> in use; above 1 when it does not fit.</summary>
    public double WindowRatio => Window == 0 ? 0 : (double)Current / Window;

    /// <summary>What beside tokens makes a compaction due, in plain words; null when nothing does.</summary>
    public string? Trigger { get; init; }

    /// <summary>Tokens until compaction starts; 0 once it is due.</summary>
    public int Headroom => Math.Max(0, Threshold - Current);

    /// <summary>Whether the conversation is above the threshold, or a trigger has fired.</summary>
    public bool ShouldCompact => Current > Threshold || Trigger is not null;
}
