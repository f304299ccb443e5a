using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Strata.Cli.Commands;

/// <summary>Options that say how much at most: rows, ages, sizes.</summary>
internal static class Limits
{
    public static Option<int> Option(int usual, string what)
    {
        var option = new Option<int>("--limit")
        {
            Description = FormattableString.Invariant($"The most {what} to print. Default: {usual}."),
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var typed, ..]
                && !(int.TryParse(typed.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1))
                result.AddError($"--limit {typed.Value}: give a number of {what}, 1 or more.");
        });
        return option;
    }

    /// <summary>Reads <c>12h</c>, <c>90d</c>, <c>8w</c>.</summary>
    public static TimeSpan? ParseAge(ArgumentResult result) => Parse(
        result, [("h", 1), ("d", 24), ("w", 24 * 7)], "give an age such as 12h, 90d or 8w") is { } hours
        && hours <= TimeSpan.MaxValue.TotalHours / 2 ? TimeSpan.FromHours(hours) : null;

    /// <summary>Reads <c>500MB</c> and <c>2GB</c>; bytes, as disks are sold: 1 kB is 1,000.</summary>
    public static long? ParseSize(ArgumentResult result) =>
        Parse(result, [("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("tb", 1e12)], "give a size such as 500MB or 2GB") is { } bytes
            && bytes < 1e18 ? (long)bytes : null;

    private static double? Parse(ArgumentResult result, (string Name, double Size)[] units, string wayOut)
    {
        var text = result.Tokens[0].Value;
        foreach (var (name, size) in units)
        {
            if (text.EndsWith(name, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - name.Length).Trim(), NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                return number * size;
            }
        }

        result.AddError($"{(result.Parent is OptionResult option ? option.Option.Name : "the number")} {text}: {wayOut}.");
        return null;
    }
}
