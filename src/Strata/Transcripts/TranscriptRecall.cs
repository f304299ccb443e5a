namespace Strata.Transcripts;

/// <summary>Finds originals in the conversation that they were cut from.</summary>
public static class TranscriptRecall
{
    private const string To = "..";

    /// <summary>
    /// The original that <paramref name="handle"/> names: one content, a group, or for <c>first..last</c> all groups from one to the other.
    /// Null when
    /// <paramref name="transcript"/> does not hold it.
    /// </summary>
    /// <exception cref="FormatException"><paramref name="handle"/> is no handle and no two of them.</exception>
    public static RecalledOriginal? Find(Transcript transcript, string handle)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(handle);
        var dots = handle.IndexOf(To, StringComparison.Ordinal);
        if (dots < 0)
            return Single(transcript, Parse(handle));
        return Range(transcript, Parse(handle[..dots]), Parse(handle[(dots + To.Length)..]));
    }

    private static Handle Parse(string text) => Handle.TryParse(text.Trim(), out var handle)
        ? handle
        : throw new FormatException(
            $"'{text}' is not a handle: that is {Handle.Length} letters and digits, or two of them as first..last.");

    private static RecalledOriginal? Single(Transcript transcript, Handle handle)
    {
        if (transcript.Groups.FirstOrDefault(group => group.Handle == handle) is { } found)
            return new RecalledOriginal([found], Content: null, found.MessageIndexes[0]);
        for (var i = 0; i < transcript.Messages.Count; i++)
        {
            foreach (var content in transcript.Messages[i].Contents)
            {
                if (ContentHandle.HandleOf(content) == handle)
                    return new RecalledOriginal([transcript.Groups[transcript.GroupOfMessage[i]]], content, i);
            }
        }

        return null;
    }

    // Groups that say the same share a handle: the widest range holds what was cut, wherever it stood.
    private static RecalledOriginal? Range(Transcript transcript, Handle first, Handle last)
    {
        var start = -1;
        var end = -1;
        for (var i = 0; i < transcript.Groups.Count; i++)
        {
            if (start < 0 && transcript.Groups[i].Handle == first)
                start = i;
            if (start >= 0 && transcript.Groups[i].Handle == last)
                end = i;
        }

        return end < 0
            ? null
            : new RecalledOriginal(
                [.. transcript.Groups.Skip(start).Take(end - start + 1)], Content: null, transcript.Groups[start].MessageIndexes[0]);
    }
}
