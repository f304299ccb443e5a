using Strata.Transcripts;

namespace Strata.Formats.Jsonl;

/// <summary>One line to be written.</summary>
/// <param name="Entry">The entry of the file that it was; −1 for a new line.</param>
/// <param name="Outgoing">The index of the outgoing message that it holds; −1 for a line that is no message.</param>
internal readonly record struct OutputLine(int Entry, int Outgoing);

/// <summary>The order of lines in the output: that of the file, a new line where the last line stood that it replaces.</summary>
internal static class LineOrder
{
    /// <summary>The lines of the output in their order.</summary>
    /// <param name="entryCount">How many entries the file has.</param>
    /// <param name="entries">The entry of each message of the document; ascending unless <paramref name="places"/> are given.</param>
    /// <param name="messages">What is to be written.</param>
    /// <param name="isDropped">Entries besides messages that are not to be written.</param>
    /// <param name="places">For each message the entry at whose place it is written, ascending; null where that is its own.</param>
    public static List<OutputLine> Of(
        int entryCount, IReadOnlyList<int> entries, IReadOnlyList<OutgoingMessage> messages, Func<int, bool> isDropped,
        IReadOnlyList<int>? places = null)
    {
        var isMessage = new bool[entryCount];
        foreach (var entry in entries)
            isMessage[entry] = true;
        var lines = new List<OutputLine>(entryCount);
        var next = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            var place = PlaceOf(messages[i], places ?? entries);
            if (place < 0 && i == 0)
                place = entries.Count > 0 ? (places ?? entries)[0] - 1 : entryCount - 1;   // after what heads the file
            for (; next <= place; next++)
                AddAside(next);
            lines.Add(new OutputLine(messages[i].SourceIndex < 0 ? -1 : entries[messages[i].SourceIndex], i));
        }

        for (; next < entryCount; next++)
            AddAside(next);
        return lines;

        void AddAside(int entry)
        {
            if (!isMessage[entry] && !isDropped(entry))
                lines.Add(new OutputLine(entry, -1));
        }
    }

    /// <summary>
    /// The entry after whose place a message is written; −1 for a new message that replaces nothing: it follows the one before it.
    /// </summary>
    public static int PlaceOf(OutgoingMessage message, IReadOnlyList<int> entries) => message switch
    {
        { SourceIndex: >= 0 } => entries[message.SourceIndex],
        { Replaces: [.., var last] } => entries[last],
        _ => -1,
    };
}
