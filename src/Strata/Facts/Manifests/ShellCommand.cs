using Strata.Text;

namespace Strata.Facts.Manifests;

/// <summary>
/// A shell command as its parts: what <c>&amp;&amp;</c>, <c>;</c>, <c>|</c> and line ends keep apart. Text in quotes and here-documents is
/// an argument, never a part.
/// </summary>
internal static class ShellCommand
{
    // A longer one is a script; its first parts tell what it is.
    private const int LongestParsed = 4_000;

    public static List<CommandPart> Parts(ReadOnlySpan<char> command)
    {
        command = command[..TextCut.Before(command, LongestParsed)];
        var parts = new List<CommandPart>();
        var words = new List<CommandWord>();
        var piped = false;
        for (var i = 0; i < command.Length;)
        {
            var c = command[i];
            if (c is ' ' or '\t' or '\r')
            {
                i++;
            }
            else if (c == '<' && i + 1 < command.Length && command[i + 1] == '<')
            {
                i += HereDocument(command[i..]);
            }
            else if (c is '\n' or ';' or '|' || (c == '&' && !IsRedirection(command, i)))
            {
                Close(parts, ref words, piped);
                var doubled = i + 1 < command.Length && command[i + 1] == c;
                piped = c == '|' && !doubled;
                i += doubled ? 2 : 1;
            }
            else
            {
                i += Word(command[i..], words);
            }
        }

        Close(parts, ref words, piped);
        return parts;
    }

    // "2>&1" and "&>" are no ends of a command.
    private static bool IsRedirection(ReadOnlySpan<char> command, int i) =>
        (i > 0 && command[i - 1] == '>') || (i + 1 < command.Length && command[i + 1] == '>');

    private static void Close(List<CommandPart> parts, ref List<CommandWord> words, bool piped)
    {
        if (words.Count == 0)
            return;
        parts.Add(new CommandPart(words, piped));
        words = [];
    }

    private static int Word(ReadOnlySpan<char> rest, List<CommandWord> words)
    {
        var quoted = false;
        var text = new System.Text.StringBuilder();
        var i = 0;
        for (; i < rest.Length; i++)
        {
            var c = rest[i];
            if (c is '"' or '\'')
            {
                quoted = true;
                var end = rest[(i + 1)..].IndexOf(c);
                end = end < 0 ? rest.Length : i + 1 + end;
                text.Append(rest[(i + 1)..end]);
                i = end;
            }
            else if (c is ' ' or '\t' or '\r' or '\n' or ';' or '|' || (c == '&' && !IsRedirection(rest, i)))
            {
                break;
            }
            else
            {
                text.Append(c);
            }
        }

        words.Add(new CommandWord(text.ToString(), quoted));
        return i;
    }

    private static int HereDocument(ReadOnlySpan<char> rest)
    {
        var line = rest.IndexOf('\n');
        if (line < 0)
            return rest.Length;
        var start = rest[2..line].TrimStart("- \"'");
        var length = start.IndexOfAny(" \"'\t\r;|&)");
        var word = length < 0 ? start : start[..length];
        var end = word.Length == 0 ? -1 : rest[line..].IndexOf(string.Concat("\n", word), StringComparison.Ordinal);
        return end < 0 ? rest.Length : line + end + 1 + word.Length;
    }
}

/// <summary>The words of one part of a command; one that is piped reads what the part before it prints.</summary>
internal sealed record CommandPart(IReadOnlyList<CommandWord> Words, bool Piped);

internal readonly record struct CommandWord(string Text, bool Quoted);
