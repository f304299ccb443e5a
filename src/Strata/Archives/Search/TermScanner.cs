using System.Buffers;
using Strata.Text;

namespace Strata.Archives.Search;

/// <summary>A term and where it stands in its text, in UTF-16 chars.</summary>
internal delegate void TermFound(int start, int length, ReadOnlySpan<char> term);

/// <summary>Finds the terms of a text in one pass.</summary>
internal static class TermScanner
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private const string Links = "./\\:@#-+";

    // In random base64 or hexadecimal four of ten chars change between letters and digits or rise to a capital; in paths and long names one
    // of eight.
    private const int LeastChanges = 5;

    /// <param name="text">Any text.</param>
    /// <param name="found">Is told of every term.</param>
    /// <param name="seen">Where given, a word that came before is passed over.</param>
    public static void Scan(ReadOnlySpan<char> text, TermFound found, HashSet<string>? seen = null)
    {
        var known = seen?.GetAlternateLookup<ReadOnlySpan<char>>();
        var chain = new List<(int Start, int End)>();
        for (var word = WordSplitter.Split(text); word.MoveNext();)
        {
            if (chain.Count > 0 && !(word.Class == WordClass.Letter && Follows(text, chain[^1].End, word.Start)))
                Close(text, chain, found, known);
            if (word.Class == WordClass.Letter)
                chain.Add((word.Start, word.Start + word.Length));
            else
                Add(text, word.Start, word.Start + word.Length, found);
        }

        Close(text, chain, found, known);
    }

    private static bool Follows(ReadOnlySpan<char> text, int end, int start) => start == end + 1
        ? Links.Contains(text[end], StringComparison.Ordinal)
        : start == end + 2 && !text[end..start].ContainsAnyExcept("+/");

    // Words with one sign between them: a path, a file name, a member; or data, which base64 breaks up as it likes.
    private static void Close(
        ReadOnlySpan<char> text, List<(int Start, int End)> chain, TermFound found,
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? seen)
    {
        if (chain.Count == 0)
            return;
        var (start, end) = (chain[0].Start, chain[^1].End);
        if (end - start <= SearchTerms.Longest || !IsData(text[start..end]))
        {
            foreach (var (from, to) in chain)
            {
                if (seen is not { } known || known.Add(text[from..to]))
                    Word(text, from, to, found);
            }

            if (chain.Count > 1 && (seen is not { } once || once.Add(text[start..end])))
            {
                if (end - start <= SearchTerms.Longest)
                    Add(text, start, end, found);
                if (text[start..end].LastIndexOfAny('/', '\\') is var slash and >= 0
                    && end - start - slash - 1 > chain[^1].End - chain[^1].Start)
                    Add(text, start + slash + 1, end, found);
            }
        }

        chain.Clear();
    }

    private static void Word(ReadOnlySpan<char> text, int start, int end, TermFound found)
    {
        // Most words are their own term, without parts.
        if (end - start <= SearchTerms.Longest && !text[start..end].ContainsAnyExcept(Plain))
        {
            found(start, end - start, text[start..end]);
            return;
        }

        Add(text, start, end, found);
        for (var from = start; from < end;)
        {
            var to = from + 1;
            while (to < end && !IsBorder(text, start, to, end))
                to++;
            var part = text[from..to].Trim("_-'’");
            if (part.Length > 1 && to - from < end - start)
                Add(text, from + text[from..to].IndexOf(part), from + text[from..to].IndexOf(part) + part.Length, found);
            from = to;
        }
    }

    // before_this, before-this, beforeThis, HTTPServer
    private static bool IsBorder(ReadOnlySpan<char> text, int start, int at, int end) =>
        text[at] is '_' or '-' or '\'' or '’' || text[at - 1] is '_' or '-' or '\'' or '’'
        || (char.IsUpper(text[at])
            && (char.IsLower(text[at - 1])
                || (at + 1 < end && at - 1 >= start && char.IsUpper(text[at - 1]) && char.IsLower(text[at + 1]))));

    private static void Add(ReadOnlySpan<char> text, int start, int end, TermFound found)
    {
        Span<char> key = stackalloc char[SearchTerms.Longest];
        var length = WordKey.WriteFolded(text[start..end], key);
        if (length > 0)
            found(start, end - start, key[..length]);
    }

    private static bool IsData(ReadOnlySpan<char> run)
    {
        var changes = 0;
        for (var i = 1; i < run.Length; i++)
        {
            var (before, c) = (run[i - 1], run[i]);
            if ((char.IsAsciiDigit(before) && char.IsAsciiLetter(c)) || (char.IsAsciiLetter(before) && char.IsAsciiDigit(c))
                || (char.IsAsciiLetterLower(before) && char.IsAsciiLetterUpper(c)))
                changes++;
        }

        return changes * LeastChanges > run.Length;
    }
}
