namespace Strata.Cli.Output;

/// <summary>A bar of a chart, in eighths of a cell.</summary>
internal static class Bar
{
    private const string Eighths = "▏▎▍▌▋▊▉";

    public static string Of(long value, long most, int width)
    {
        var eighths = (int)Math.Round(value * (double)width * 8 / Math.Max(1, most));
        if (value > 0 && eighths == 0)
            eighths = 1;
        var rest = eighths % 8;
        return new string('█', eighths / 8) + (rest == 0 ? "" : Eighths[rest - 1]);
    }
}
