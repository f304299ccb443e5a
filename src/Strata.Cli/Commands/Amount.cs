using System.CommandLine.Parsing;
using System.Globalization;

namespace Strata.Cli.Commands;

/// <summary>A number of tokens, or a share of something that holds tokens.</summary>
internal readonly record struct Amount
{
    private Amount(int? tokens, decimal? share) => (Tokens, Share) = (tokens, share);

    /// <summary>Null for a share.</summary>
    public int? Tokens { get; }

    /// <summary>Above 0 and at most 1; null for a number of tokens.</summary>
    public decimal? Share { get; }

    /// <summary>The tokens that this means of <paramref name="whole"/>, at least 1.</summary>
    public int Of(int whole) => Tokens ?? Math.Max(1, (int)decimal.Floor(whole * Share!.Value));

    /// <summary>Reads <c>12000</c>, <c>12,000</c>, <c>12k</c>, <c>1.5M</c> and <c>20%</c>.</summary>
    public static Amount? Parse(ArgumentResult result) => Parse(result, shares: true);

    /// <summary>The same without <c>20%</c>.</summary>
    public static int? ParseTokens(ArgumentResult result) => Parse(result, shares: false)?.Tokens;

    private const string Range = "a number of tokens is whole, at least 1 and at most 2,147,483,647";

    private static Amount? Parse(ArgumentResult result, bool shares)
    {
        var text = result.Tokens[0].Value;
        var name = result.Parent is OptionResult option ? option.Option.Name : "the number";
        if (Read(text, shares, out var problem) is { } amount)
            return amount;
        result.AddError($"{name} {text}: {problem}");
        return null;
    }

    private static Amount? Read(string text, bool shares, out string problem)
    {
        var trimmed = text.Trim().Replace("_", "", StringComparison.Ordinal);
        problem = shares
            ? "give a number of tokens such as 12000 or 12k, or a share such as 20%"
            : "give a number of tokens such as 200000 or 200k";
        if (trimmed.EndsWith('%'))
        {
            if (!shares || !Number(trimmed[..^1].TrimEnd(), out var percent))
                return null;
            problem = "a share lies above 0% and at most at 100%";
            return percent is > 0 and <= 100 ? new Amount(null, percent / 100) : null;
        }

        if (trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit))
            problem = Range;
        var factor = trimmed is [.., var unit] ? char.ToLowerInvariant(unit) switch { 'k' => 1_000, 'm' => 1_000_000, _ => 1 } : 1;
        if (!Number(factor == 1 ? trimmed : trimmed[..^1], out var number))
            return null;
        number *= factor;
        problem = Range;
        return number is >= 1 and <= int.MaxValue && number == decimal.Truncate(number) ? new Amount((int)number, null) : null;
    }

    private static bool Number(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && number is > -1_000_000_000_000 and < 1_000_000_000_000;
}
