using System.Numerics;
using System.Text;

namespace Strata.Text;

/// <summary>Tells the language of a text from its script and its stop words.</summary>
internal static class Language
{
    /// <summary>The tag of a text in no language, or in one that could not be told.</summary>
    public const string Unknown = "und";

    /// <summary>Further on a message is mostly what its writer pasted. In UTF-16 chars.</summary>
    public const int ReadChars = 4_000;

    /// <summary>
    /// The BCP 47 primary tag of the language most of the text is in, or "und". Code, paths and names do not count; the first 4,000 chars
    /// are read.
    /// </summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var votes = new LanguageVotes();
        text = text[..Math.Min(text.Length, ReadChars)];
        while (!text.IsEmpty)
        {
            var tick = text.IndexOf('`');
            Count(tick < 0 ? text : text[..tick], votes);
            text = tick < 0 ? [] : AfterCode(text[tick..]);
        }

        return votes.Winner();
    }

    // Behind `inline` code or a fence; an unclosed inline mark is only a mark.
    private static ReadOnlySpan<char> AfterCode(ReadOnlySpan<char> text)
    {
        var isFence = text.StartsWith("```");
        var mark = text[..(isFence ? 3 : 1)];
        var rest = text[mark.Length..];
        var end = rest.IndexOf(mark);
        if (end < 0 && isFence)
            return [];
        return end < 0 || (!isFence && rest[..end].Contains('\n')) ? rest : rest[(end + mark.Length)..];
    }

    private static void Count(ReadOnlySpan<char> text, LanguageVotes votes)
    {
        var words = WordSplitter.Split(text);
        while (words.MoveNext())
        {
            if (words.Class == WordClass.Emoji || (words.Class == WordClass.Letter && IsCode(text, words.Start, words.Length)))
                continue;
            _ = Rune.DecodeFromUtf16(words.Current, out var first, out _);
            if (WritingSystems.Of(first.Value, words.Current) is not { } script)
                continue;
            votes.Script(script);
            if (script != WritingSystems.Latin)
                continue;
            var bits = StopWords.LanguagesOf(words.Current);
            var languages = BitOperations.PopCount(bits);
            for (; bits != 0; bits &= bits - 1)
                votes.Word(BitOperations.TrailingZeroCount(bits), languages);
            if (WritingSystems.LettersOf(words.Current) is { } language)
                votes.Word(StopWords.IndexOf(language), 1);
        }
    }

    /// <summary>Whether the word is a part of a path, a file name, a call, a flag, a code name or a number.</summary>
    public static bool IsCode(ReadOnlySpan<char> text, int start, int length)
    {
        var word = text.Slice(start, length);
        if (word.ContainsAnyInRange('0', '9') || word.Contains('_') || word[1..].ContainsAnyInRange('A', 'Z'))
            return true;
        if (start > 0 && text[start - 1] is '/' or '\\' or '.' or '=' or '@' or '#' or '$' or '-' or '<' or '{')
            return true;
        var end = start + length;
        if (end >= text.Length)
            return false;
        return text[end] is '/' or '\\' or '=' or '@' or '(' or '{' or '<' ||
            (text[end] is '.' or ':' && end + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[end + 1]) || text[end + 1] is '/' or ':'));
    }
}
