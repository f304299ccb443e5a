using System.Globalization;

namespace Strata.Settings;

/// <summary>A number of tokens, or a share of something that holds tokens.</summary>
public readonly record struct TokenAmount
{
    private const string Range = "a number of tokens is whole, at least 1 and at most 2,147,483,647";

    private TokenAmount(int? tokens, decimal? share) => (Tokens, Share) = (tokens, share);

    /// <value>Null for a share.</value>
    public int? Tokens { get; }

    /// <value>Above 0 and at most 1; null for a number of tokens.</value>
    public decimal? Share { get; }

    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1.</exception>
    public static TokenAmount FromTokens(int tokens) => tokens >= 1
        ? new(tokens, null)
        : throw new ArgumentOutOfRangeException(nameof(tokens), tokens, Range + ".");

    /// <param name="share">Above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static TokenAmount FromShare(decimal share) => share is > 0 and <= 1
        ? new(null, share)
        : throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies above 0 and at most at 1; 0.2 is 20%.");

    /// <summary>The tokens that this means of <paramref name="whole"/>, at least 1.</summary>
    public int Of(int whole) => Tokens ?? Math.Max(1, (int)decimal.Floor(whole * Share!.Value));

    /// <summary>
    /// Reads <c>12000</c>, <c>12,000</c>, <c>12k</c>, <c>1.5M</c> and, where <paramref name="shares"/> are allowed, <c>20%</c>.
    /// </summary>
    /// <returns>Null where it is none of these; <paramref name="problem"/> says what is.</returns>
    public static TokenAmount? Read(string text, bool shares, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim().Replace("_", "", StringComparison.Ordinal);
        problem = shares
            ? "give a number of tokens such as 12000 or 12k, or a share such as 20%"
            : "give a number of tokens such as 200000 or 200k";
        if (trimmed.EndsWith('%'))
        {
            if (!shares || !Number(trimmed[..^1].TrimEnd(), out var percent))
                return null;
            problem = "a share lies above 0% and at most at 100%";
            return percent is > 0 and <= 100 ? new TokenAmount(null, percent / 100) : null;
        }

        if (trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit))
            problem = Range;
        var factor = trimmed is [.., var unit] ? char.ToLowerInvariant(unit) switch { 'k' => 1_000, 'm' => 1_000_000, _ => 1 } : 1;
        if (!Number(factor == 1 ? trimmed : trimmed[..^1], out var number))
            return null;
        number *= factor;
        problem = Range;
        return number is >= 1 and <= int.MaxValue && number == decimal.Truncate(number) ? new TokenAmount((int)number, null) : null;
    }

    private static bool Number(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out number)
        && number is > -1_000_000_000_000 and < 1_000_000_000_000;
}
