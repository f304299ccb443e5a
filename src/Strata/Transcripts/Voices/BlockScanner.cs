namespace Strata.Transcripts.Voices;

/// <summary>Finds what clients marked in one block of text. Time is linear.</summary>
internal static class BlockScanner
{
    private const int LongestStamp = 40;

    /// <summary>In order, none inside another.</summary>
    public static IReadOnlyList<TextBlock> Find(string text)
    {
        var blocks = new List<TextBlock>();
        var start = 0;
        var marked = Marked(text).ToList();
        foreach (var block in marked.TakeWhile(block => text.AsSpan(start, block.Range.Start.Value - start).IsWhiteSpace()))
        {
            blocks.Add(block);
            start = block.Range.End.Value;
        }

        // Behind a reminder a block of the client's may begin.
        var first = start + StampEnd(text.AsSpan(start));
        if (ClientWrappers.BlockAt(text.AsSpan(first)) is { } begun)
        {
            var end = begun.End.Length > 0 && text.IndexOf(begun.End, first, StringComparison.Ordinal) is var at and >= 0
                ? at + begun.End.Length : text.Length;
            blocks.Add(new TextBlock(start..end, WordsIn(text, first, end, begun), begun));
            start = end;
        }

        blocks.AddRange(marked.Where(block => block.Range.Start.Value >= start));
        return ClientWrappers.HoldsLine(text) ? [.. WithLines(text, blocks)] : blocks;
    }

    /// <summary>OpenClaw puts the time before what it sends: <c>[Mon 2026-11-30 21:30 UTC] …</c>. Returns where the text begins.</summary>
    private static int StampEnd(ReadOnlySpan<char> text)
    {
        var start = text.Length - text.TrimStart().Length;
        if (start >= text.Length || text[start] != '[')
            return start;
        var end = text[start..Math.Min(text.Length, start + LongestStamp)].IndexOf(']');
        if (end < 8 || !text.Slice(start + 1, 3).ContainsAnyInRange('a', 'z') || text[start + 4] != ' '
            || !char.IsAsciiDigit(text[start + 5]))
            return start;
        var rest = start + end + 1;
        return rest + (text.Length - rest - text[rest..].TrimStart().Length);
    }

    private static Range? WordsIn(string text, int start, int end, ClientWrapper block)
    {
        if (block.Words.Length == 0)
            return null;
        // A skill's own text may speak of arguments; those that were given stand at its end.
        var isAtStart = block.Mark.EndsWith(block.Words, StringComparison.Ordinal);
        var from = isAtStart ? start + block.Mark.Length - block.Words.Length
            : text.LastIndexOf(block.Words, end - 1, end - start, StringComparison.Ordinal);
        if (from < 0)
            return null;
        from += block.Words.Length;
        var to = end;
        foreach (var behind in block.WordsEnds)
            to = text.IndexOf(behind, from, to - from, StringComparison.Ordinal) is var at and >= 0 ? at : to;
        return text.AsSpan(from, to - from).IsWhiteSpace() ? null : from..to;
    }

    private static IEnumerable<TextBlock> Marked(string text)
    {
        HashSet<string>? unclosed = null;
        var isOwnCommand = IsOwnCommand(text);
        for (var open = text.IndexOf('<', StringComparison.Ordinal); open >= 0 && open < text.Length; open = text.IndexOf('<', open))
        {
            var from = open++;
            if (OpeningAt(text.AsSpan(from)) is not var (wrapper, opening, closing) || unclosed?.Contains(closing) == true)
                continue;
            var end = text.IndexOf(closing, open, StringComparison.Ordinal);
            if (end < 0)
            {
                (unclosed ??= []).Add(closing);   // nor is any later one of its name closed: never looked for again
                continue;
            }

            open = end + closing.Length;
            yield return new TextBlock(from..open, InTag(text, from + opening, end, wrapper, isOwnCommand), wrapper);
        }
    }

    /// <summary>The block that a tag encloses from its beginning; null where it encloses none.</summary>
    public static ClientWrapper? Inside(string text, TextBlock block)
    {
        var marked = text.AsSpan(block.Range);
        return block.Wrapper.Form == WrapperForm.Tag && marked.IndexOf('>') is >= 0 and var head
            ? ClientWrappers.BlockAt(marked[(head + 1)..].TrimStart())
            : null;
    }

    private static Range? InTag(string text, int from, int end, ClientWrapper wrapper, bool isOwnCommand)
    {
        var head = text.IndexOf('>', from) + 1;
        from = wrapper.Form == WrapperForm.Tag && head > 0 && head <= end ? head : from;
        if (wrapper.IsOfTheUser)
            return isOwnCommand || text.AsSpan(from, end - from).IsWhiteSpace() ? null : from..end;
        // A message that was typed while the agent worked comes inside a reminder.
        var start = from + (end - from - text.AsSpan(from, end - from).TrimStart().Length);
        return ClientWrappers.BlockAt(text.AsSpan(start, end - start)) is { } inner ? WordsIn(text, start, end, inner) : null;
    }

    private static bool IsOwnCommand(string text)
    {
        const string Open = "<command-name>";
        var start = text.IndexOf(Open, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf('<', start + Open.Length);
        return end > 0 && ClientWrappers.IsOwnCommand(text.AsSpan(start + Open.Length, end - start - Open.Length));
    }

    /// <summary>The wrapper that opens here, the length of what opens it without a tag's attributes, and what closes it.</summary>
    private static (ClientWrapper Wrapper, int Opening, string Closing)? OpeningAt(ReadOnlySpan<char> text)
    {
        foreach (var frame in ClientWrappers.Frames)
        {
            if (text.StartsWith(frame.Mark, StringComparison.Ordinal))
                return (frame, frame.Mark.Length, frame.End);
        }

        foreach (var tag in ClientWrappers.Tags)
        {
            var stem = tag.Mark.AsSpan().TrimEnd('*');
            if (!text[1..].StartsWith(stem, StringComparison.Ordinal))
                continue;
            var length = 1 + stem.Length;
            var isOpen = tag.Mark.Length > stem.Length;
            while (isOpen && length < text.Length && (char.IsAsciiLetterLower(text[length]) || text[length] is '_' or '-'))
                length++;
            if (length < text.Length && text[length] is '>' or ' ' or '\n' && (!isOpen || length > 1 + stem.Length))
                return (tag, length, $"</{text[1..length]}>");
        }

        return null;
    }

    // Lines that are marks, between the blocks that were found.
    private static IEnumerable<TextBlock> WithLines(string text, IReadOnlyList<TextBlock> blocks)
    {
        var copied = 0;
        foreach (var block in blocks)
        {
            foreach (var line in LinesIn(text, copied, block.Range.Start.Value))
                yield return line;
            yield return block;
            copied = block.Range.End.Value;
        }

        foreach (var line in LinesIn(text, copied, text.Length))
            yield return line;
    }

    private static IEnumerable<TextBlock> LinesIn(string text, int from, int to)
    {
        while (from < to)
        {
            var next = text.IndexOf('\n', from, to - from);
            var end = next < 0 ? to : next;
            var line = text.AsSpan(from, end - from);
            if (ClientWrappers.IsLine(line[StampEnd(line)..]))
                yield return new TextBlock(from..end, null, LineWrapper);
            from = end + 1;
        }
    }

    private static readonly ClientWrapper LineWrapper = new(WrapperForm.Line, "");
}
