using System.Text;
using System.Text.RegularExpressions;
using Strata.Secrets;
using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>Text as it is quoted to a model: nothing in it that a model, or the server before it, could take for more than text.</summary>
internal static partial class SourceText
{
    private const int LongestQuote = 300;
    private const int LongestEscape = 32;

    /// <summary>
    /// Without what cannot be seen (control chars, tag characters, zero-width and direction marks; joiners that scripts need stay), with
    /// U+FFFD for half surrogate pairs, and with the special tokens of chat templates and our own delimiters made unlike themselves.
    /// </summary>
    public static string Of(string text)
    {
        text = Visible(text);
        return text.AsSpan().ContainsAny("<[") ? Special().Replace(text, Defuse) : text;
    }

    /// <summary>A short text inside an instruction: one line, in quotes it cannot leave.</summary>
    public static string Quoted(string text) => $"\"{OneLine.Of(Of(SecretRedactor.Redact(text)), LongestQuote).Replace('"', '\'')}\"";

    /// <summary>Brackets that no parser knows in the place of those that one may.</summary>
    public static string Defuse(Match mark) => mark.Value.Replace('<', '‹').Replace('>', '›').Replace('[', '(').Replace(']', ')');

    internal static string Visible(string text)
    {
        StringBuilder? kept = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= ' ' and < '\u007f' or '\n' or '\t')
            {
                kept?.Append(c);
                continue;
            }

            var isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var isTag = isPair && c == '\udb40' && text[i + 1] is >= '\udc00' and <= '\udc7f';
            if (isTag || (!isPair && (char.IsSurrogate(c) || IsInvisible(c))))
            {
                kept ??= new StringBuilder(text.Length).Append(text, 0, i);
                if (!isTag && char.IsSurrogate(c))
                    kept.Append('\ufffd');
                i += isTag ? 1 : EscapeLength(text.AsSpan(i));
                continue;
            }

            kept?.Append(c);
            if (isPair)
                kept?.Append(text[++i]);
            i += isPair && kept is null ? 1 : 0;
        }

        return kept?.ToString() ?? text;
    }

    // What follows an escape char as far as it says how to draw: "[2K"; 0 when nothing does.
    private static int EscapeLength(ReadOnlySpan<char> text)
    {
        if (text is not ['\u001b', '[', ..])
            return 0;
        var end = text[2..Math.Min(text.Length, LongestEscape)].IndexOfAnyExceptInRange(' ', '?');
        return end < 0 ? 1 : 2 + end;
    }

    private static bool IsInvisible(char c) => c is < ' ' or (>= '\u007f' and < '\u00a0') or '\u00ad' or '\u200b'
        or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff' or (>= '\ufff9' and <= '\ufffb');

    [GeneratedRegex(
        @"<\|[^|<>\n]{1,40}\|>?|<｜[^｜<>\n]{1,40}｜>?|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|</?(?:s|bos|eos|unk|pad)>"
            + @"|</?\s{0,3}data\b[^<>\n]{0,40}>?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Special();
}
