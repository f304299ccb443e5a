namespace Strata.Reducing.Lines;

/// <summary>Numbers that stand in the same place of many lines: mean and spread, found in one pass (Welford).</summary>
internal struct NumberColumn
{
    // Evenly spread numbers (counters, ids) reach 1.7 deviations, normal ones 3 to 4 in a thousand.
    private const double Deviations = 4;

    private double _mean;
    private double _squares;

    public int Count { get; private set; }

    public double Least { get; private set; }

    public double Most { get; private set; }

    public readonly bool HasOutliers => IsOutlier(Most) || IsOutlier(Least);

    public void Add(double value)
    {
        Least = Count == 0 ? value : Math.Min(Least, value);
        Most = Count == 0 ? value : Math.Max(Most, value);
        var delta = value - _mean;
        _mean += delta / ++Count;
        _squares += delta * (value - _mean);
    }

    public readonly bool IsOutlier(double value)
    {
        // Among few numbers a single one cannot lie far: (n − 1) / √n deviations at most.
        var far = Math.Min(Deviations, 0.9 * (Count - 1) / Math.Sqrt(Count));
        var spread = Math.Sqrt(_squares / Count);
        return Count >= 10 && spread > 0 && Math.Abs(value - _mean) > far * spread;
    }
}
