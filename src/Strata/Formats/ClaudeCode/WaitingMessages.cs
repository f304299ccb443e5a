using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>
/// Messages that the user typed while the agent worked and that stand in the file only in the row that says that they wait: the agent was
/// given them, and no line of the conversation holds them.
/// </summary>
internal static class WaitingMessages
{
    /// <summary>
    /// The rows whose text was given to the agent, in ascending order, each with the line that holds the same text; null where none does.
    /// What the user took back, commands to the client and its own notices are not among them.
    /// </summary>
    public static IReadOnlyList<(int Row, int? Holder)> Find(JsonlFile file, IReadOnlyList<ClaudeCodeLine> lines)
    {
        var rows = Enumerable.Range(0, lines.Count)
            .Where(i => lines[i].Waiting is { Length: > 0 } text && text[0] is not ('/' or '<') && WasGiven(file, i, text)).ToList();
        if (rows.Count == 0)
            return [];
        var holders = new Dictionary<int, int>();
        for (var i = 0; i < lines.Count && holders.Count < rows.Count; i++)
        {
            if (!lines[i].IsMessage && lines[i].Kind != ClaudeCodeLineKind.Attachment)
                continue;
            using var line = file.Entries[i].Parse();
            var message = ClaudeCodeMessage.Read(line.RootElement).Text;
            foreach (var row in rows.Where(row => message.Contains(lines[row].Waiting!, StringComparison.Ordinal)))
                holders.TryAdd(row, i);
        }

        return [.. rows.Select(row => (row, holders.TryGetValue(row, out var holder) ? holder : (int?)null))];
    }

    private static bool WasGiven(JsonlFile file, int row, string text)
    {
        foreach (var entry in file.Entries.Skip(row + 1).Where(entry => entry.IsObject && Says(entry, "queue-operation"u8)))
        {
            using var line = entry.Parse();
            var said = line.RootElement.Text("content"u8);
            if (line.RootElement.Is("operation"u8, "dequeue"u8) || (line.RootElement.Is("operation"u8, "remove"u8) && said == text))
                return true;
            if (line.RootElement.Is("operation"u8, "popAll"u8))
                return false;
        }

        return false;
    }

    private static bool Says(JsonlEntry entry, ReadOnlySpan<byte> words) => entry.Raw.Span.IndexOf(words) >= 0;
}
