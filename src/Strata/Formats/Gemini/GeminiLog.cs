namespace Strata.Formats.Gemini;

/// <summary>Where one version of a message stands.</summary>
/// <param name="Line">The index of the line.</param>
/// <param name="Item">Its index in the list that the line sets; −1 where the line is the message.</param>
internal readonly record struct GeminiPlace(int Line, int Item);

/// <summary>One message that is sent: all its versions, the newest last.</summary>
internal sealed record GeminiLive(IReadOnlyList<GeminiPlace> Versions, GeminiEntry Newest)
{
    public GeminiPlace First => Versions[0];

    public GeminiPlace Last => Versions[^1];
}

/// <summary>Replays the log as Gemini CLI 0.61 does when it resumes.</summary>
internal static class GeminiLog
{
    public static IReadOnlyList<GeminiLive> Replay(IReadOnlyList<GeminiLine> lines)
    {
        var order = new List<string>();
        var versions = new Dictionary<string, List<GeminiPlace>>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].RewindsTo is { } target)
            {
                // A target that is not there clears the list.
                var from = Math.Max(0, order.IndexOf(target));
                foreach (var id in order.Skip(from))
                    versions.Remove(id);
                order.RemoveRange(from, order.Count - from);
            }

            if (lines[i].ReplacesAll)
            {
                order.Clear();
                versions.Clear();
            }

            for (var item = 0; item < lines[i].Messages?.Count; item++)
            {
                if (lines[i].Messages![item].Id is not { } id)
                    continue;
                if (!versions.TryGetValue(id, out var known))
                {
                    versions.Add(id, known = []);
                    order.Add(id);
                }

                known.Add(new GeminiPlace(i, lines[i].ReplacesAll ? item : -1));
            }
        }

        return [.. Sent(order.Select(id => new GeminiLive(versions[id], EntryOf(lines, versions[id][^1]))))];
    }

    private static GeminiEntry EntryOf(IReadOnlyList<GeminiLine> lines, GeminiPlace place) =>
        lines[place.Line].Messages![Math.Max(0, place.Item)];

    // After a resume the same results stand there again.
    private static IEnumerable<GeminiLive> Sent(IEnumerable<GeminiLive> messages)
    {
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in messages.Where(static message => message.Newest.IsSent))
        {
            var isNew = message.Newest.Answers.Count == 0;
            foreach (var id in message.Newest.Answers)
                isNew |= answered.Add(id);
            if (isNew)
                yield return message;
        }
    }
}
