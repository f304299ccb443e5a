using System.Globalization;
using Strata.Models;

namespace Strata.Settings;

/// <summary>Reads the values of settings, wherever they stand. A <see cref="FormatException"/> says what is allowed.</summary>
internal static class SettingTexts
{
    private const string None = "none";

    public static TokenAmount Amount(string text) =>
        TokenAmount.Read(text, shares: true, out var problem) ?? throw new FormatException(problem);

    public static int TokenCount(string text) =>
        TokenAmount.Read(text, shares: false, out var problem)?.Tokens ?? throw new FormatException(problem);

    /// <summary>Reads <c>45</c> (seconds), <c>1.5s</c>, <c>500ms</c>, <c>5m</c> and <c>1h</c>.</summary>
    public static TimeSpan Duration(string text)
    {
        var trimmed = text.Trim().ToLowerInvariant();
        var (unit, seconds) = trimmed switch
        {
            _ when trimmed.EndsWith("ms", StringComparison.Ordinal) => (2, .001),
            [.., 's'] => (1, 1),
            [.., 'm'] => (1, 60),
            [.., 'h'] => (1, 3_600),
            _ => (0, 1d),
        };
        return double.TryParse(trimmed[..^unit], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > 0 && number * seconds <= 86_400
            ? TimeSpan.FromSeconds(number * seconds)
            : throw new FormatException("give a time above zero and at most a day, such as 45s, 5m or 1h");
    }

    public static decimal Dollars(string text) =>
        decimal.TryParse(text.Trim().TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : throw new FormatException("give an amount in USD of 0 or more, such as 2.50; for no limit, leave it out");

    public static int Count(string text) => Whole(text, 0, int.MaxValue);

    /// <summary>As <see cref="TokenCount"/>, and 0.</summary>
    public static int CountOrTokens(string text) => text.Trim() == "0" ? 0 : TokenCount(text);

    /// <summary>Reads <c>20%</c> and <c>0.2</c>: a share from 0 to 1.</summary>
    public static double Share(string text)
    {
        var trimmed = text.Trim();
        var isPercent = trimmed.EndsWith('%');
        return double.TryParse(isPercent ? trimmed[..^1] : trimmed, NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number)
            && number <= (isPercent ? 100 : 1)
            ? isPercent ? number / 100 : number
            : throw new FormatException("give a share from 0% to 100%, such as 20% or 0.2");
    }

    public static bool Flag(string text) => bool.TryParse(text, out var flag) ? flag : throw new FormatException("give true or false");

    public static string Line(string text) => text.Trim();

    public static int Whole(string text, int least, int most) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(most == int.MaxValue
                ? FormattableString.Invariant($"give a whole number of {least} or more")
                : FormattableString.Invariant($"give a whole number from {least} to {most}"));

    public static float Temperature(string text) =>
        float.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 2
            ? number
            : throw new FormatException("give a temperature from 0 to 2");

    public static string Among(string text, string what, IReadOnlyCollection<string> known) =>
        known.FirstOrDefault(name => NearestName.Same(name, text.Trim()))
        ?? throw new FormatException(NearestName.Unknown(what, text.Trim(), known));

    /// <summary>Reads references that commas part; <c>none</c> is no model.</summary>
    public static IReadOnlyList<ModelReference> Models(string text) => string.Equals(text.Trim(), None, StringComparison.OrdinalIgnoreCase)
        ? []
        : [.. text.Split(',').Select(Reference)];

    /// <summary>An address of a provider.</summary>
    public static (string Provider, string Url) BaseUrl(string provider, string url)
    {
        var known = Among(provider, "provider", ModelReference.KnownProviders);
        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length > 0)
        {
            throw new FormatException(
                $"the address of {known} holds a user or a password, which belong in no file and no history: "
                + $"set {ProviderVariables.Key(known)}");
        }

        return string.IsNullOrWhiteSpace(url) ? throw new FormatException($"the address of {known} is empty") : (known, url.Trim());
    }

    // A provider that is not there is found here and not in the middle of a compaction.
    private static ModelReference Reference(string text)
    {
        var reference = ModelReference.Parse(text);
        return ModelReference.KnownProviders.Contains(reference.Provider, StringComparer.Ordinal)
            ? reference
            : throw new FormatException(
                $"There is no provider '{reference.Provider}' ({reference}). Known are {string.Join(", ", ModelReference.KnownProviders)}; "
                + $"a model that OpenRouter offers under this name is openrouter/{reference}.");
    }
}
