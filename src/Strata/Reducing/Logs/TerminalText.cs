using System.Buffers;
using System.Text;

namespace Strata.Reducing.Logs;

/// <summary>What a terminal would show in the end: no colours, and of a line that was written over only its last state.</summary>
internal static class TerminalText
{
    private const char Escape = '\u001b';

    private static readonly SearchValues<char> Controls = SearchValues.Create("\u001b\r\b");

    public static string Plain(string text)
    {
        var first = text.AsSpan().IndexOfAny(Controls);
        if (first < 0)
            return text;
        var plain = new StringBuilder(text.Length).Append(text.AsSpan(0, first));
        var lineStart = plain.ToString().LastIndexOf('\n') + 1;
        for (var i = first; i < text.Length; i++)
        {
            switch (text[i])
            {
                case Escape:
                    i = EndOfSequence(text, i);
                    break;
                case '\r':
                    if (i + 1 < text.Length && text[i + 1] is not ('\n' or '\r'))
                        plain.Length = lineStart;
                    break;
                case '\b':
                    plain.Length -= plain.Length > lineStart ? 1 : 0;
                    break;
                case '\n':
                    plain.Append('\n');
                    lineStart = plain.Length;
                    break;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }

        return plain.ToString();
    }

    // ESC [ … letter, ESC ] … BEL, or ESC and one char. A sequence that never ends is no sequence.
    private static int EndOfSequence(string text, int at)
    {
        var limit = Math.Min(text.Length, at + 256);
        if (at + 1 >= text.Length)
            return at;
        if (text[at + 1] == '[')
        {
            for (var i = at + 2; i < limit; i++)
            {
                if (text[i] is >= '@' and <= '~')
                    return i;
            }

            return at;
        }

        if (text[at + 1] != ']')
            return at + 1;
        for (var i = at + 2; i < limit; i++)
        {
            if (text[i] == '\a')
                return i;
            if (text[i] == Escape && i + 1 < limit && text[i + 1] == '\\')
                return i + 1;
        }

        return at;
    }
}
