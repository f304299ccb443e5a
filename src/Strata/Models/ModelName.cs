using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Models;

/// <summary>Spellings of model names.</summary>
internal static partial class ModelName
{
    /// <summary>
    /// One spelling for all: lower case, a hyphen for every separator and between letters and digits, so <c>Qwen2.5</c>, <c>qwen-2.5</c> and
    /// <c>qwen2-5</c> are one. Slashes stay: they separate providers.
    /// </summary>
    public static string Canonical(ReadOnlySpan<char> name)
    {
        var text = new StringBuilder(name.Length + 4);
        var last = '\0';
        foreach (var c in name)
        {
            var lower = char.ToLowerInvariant(c);
            var next = char.IsLetterOrDigit(lower) || lower == '/' ? lower : '-';
            var gap = next == '-' || (char.IsDigit(next) && char.IsLetter(last)) || (char.IsLetter(next) && char.IsDigit(last));
            if (gap && text.Length > 0 && last is not ('-' or '/'))
                text.Append('-');
            if (next == '/' && last == '-')
                text.Length--;
            if (next != '-')
                text.Append(next);
            last = next == '-' && text.Length == 0 ? '\0' : next;
        }

        return last == '-' && text.Length > 0 && text[^1] == '-' ? text.ToString(0, text.Length - 1) : text.ToString();
    }

    public static string LastSegment(string id) => id[(id.LastIndexOf('/') + 1)..];

    /// <summary>The name without the date or the number of the version at its end, or null when it has none.</summary>
    public static string? WithoutDate(string name) => Date().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    /// <summary>The name without a quantization at its end (<c>-q4_K_M</c>, <c>:Q8_0</c>), or null when it has none.</summary>
    public static string? WithoutQuantization(string name) =>
        Quantization().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    /// <summary>The name without the version that Amazon Bedrock puts at its end (<c>-v1:0</c>), or null when it has none.</summary>
    public static string? WithoutBedrockVersion(string name) =>
        BedrockVersion().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    /// <summary>The name without its last tag (<c>:free</c>, <c>:7b</c>, <c>@default</c>, <c>[beta]</c>), or null when it has none.</summary>
    public static string? WithoutTag(string name) => Tag().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    // 2024-08-06, 20251101, 0613 or 2411, 05-06, 08-2024, 001; "preview" before a date is a suffix of its own.
    [GeneratedRegex(@"[-@_](?:20\d\d-\d\d-\d\d|20\d{6}|\d\d-20\d\d|\d\d-\d\d-20\d\d|\d{4}|\d\d-\d\d|00\d)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"[-:_.]i?q\d(?:_[0-9a-z]+)*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Quantization();

    [GeneratedRegex(@"-v\d+(?::\d+k?)*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BedrockVersion();

    [GeneratedRegex(@"(?:[:@][^:@\[\]]+|\[[^\[\]]*\])$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();
}
