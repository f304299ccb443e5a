using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Strata.Models;

/// <summary>Spellings of model names.</summary>
internal static partial class ModelName
{
    /// <summary>2024-08-06, 05-20-2025, 20251101, 08-2024, 2411 or 0613, 05-06, 001; longer ones first.</summary>
    private static readonly string[] DatePatterns = ["20##-##-##", "##-##-20##", "20######", "##-20##", "##-##", "####", "00#"];

    /// <summary>
    /// One spelling for all: lower case, a hyphen for every separator and between letters and digits, so <c>Qwen2.5</c>, <c>qwen-2.5</c>
    /// and
    /// <c>qwen2-5</c> are one. Slashes stay: they separate providers.
    /// </summary>
    public static string Canonical(ReadOnlySpan<char> name)
    {
        Span<char> buffer = name.Length <= 128 ? stackalloc char[256] : new char[name.Length * 2];
        return Canonical(name, buffer).ToString();
    }

    /// <summary>Writes the spelling into <paramref name="buffer"/>, of twice the length of the name or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<char> Canonical(ReadOnlySpan<char> name, Span<char> buffer)
    {
        var length = 0;
        var last = '\0';
        foreach (var c in name)
        {
            var next = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            if (next == '/')
            {
                if (last == '-')
                    length--;
                buffer[length++] = last = next;
                continue;
            }

            var part = char.IsAsciiLetterLower(next) ? 'a' : char.IsAsciiDigit(next) ? '0' : next > 0x7f ? 'a' : '-';
            if (part == '-')
            {
                if (last is 'a' or '0')
                    buffer[length++] = last = '-';
                continue;
            }

            if ((part == 'a' && last == '0') || (part == '0' && last == 'a'))
                buffer[length++] = '-';
            buffer[length++] = next;
            last = part;
        }

        return buffer[..(last == '-' ? length - 1 : length)];
    }

    public static string LastSegment(string id) => id[(id.LastIndexOf('/') + 1)..];

    /// <summary>The name without the date or the number of the version at its end, or null when it has none.</summary>
    public static string? WithoutDate(string name) => DateAt(name) is > 0 and var at ? name[..at] : null;

    /// <summary>
    /// Where the separator before the date stands, or -1. By hand, because every row of the catalogue is asked at the start of a process.
    /// </summary>
    public static int DateAt(ReadOnlySpan<char> name)
    {
        foreach (var pattern in DatePatterns)
        {
            var at = name.Length - pattern.Length - 1;
            if (at > 0 && name[at] is '-' or '@' or '_' && Fits(name[(at + 1)..], pattern))
                return at;
        }

        return -1;
    }

    private static bool Fits(ReadOnlySpan<char> text, string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '#' ? !char.IsAsciiDigit(text[i]) : text[i] != pattern[i])
                return false;
        }

        return true;
    }

    /// <summary>The name without a quantization at its end (<c>-q4_K_M</c>, <c>:Q8_0</c>), or null when it has none.</summary>
    public static string? WithoutQuantization(string name) =>
        Quantization().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    /// <summary>The name without the version that Amazon Bedrock puts at its end (<c>-v1:0</c>), or null when it has none.</summary>
    public static string? WithoutBedrockVersion(string name) =>
        BedrockVersion().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    /// <summary>
    /// The name without its last tag (<c>:free</c>, <c>:7b</c>, <c>@default</c>, <c>[beta]</c>), or null when it has none.
    /// </summary>
    public static string? WithoutTag(string name) => Tag().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    [GeneratedRegex(@"[-:_.]i?q\d(?:_[0-9a-z]+)*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Quantization();

    [GeneratedRegex(@"-v\d+(?::\d+k?)*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BedrockVersion();

    [GeneratedRegex(@"(?:[:@][^:@\[\]]*|\[[^\[\]]*\])$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();
}
