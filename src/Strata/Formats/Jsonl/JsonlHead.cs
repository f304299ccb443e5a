using System.Text.Json;

namespace Strata.Formats.Jsonl;

/// <summary>What detection sees of one line: the names of its members and the text of the short ones.</summary>
internal sealed class JsonlHead
{
    private readonly Dictionary<string, string?> _members = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether the first bytes of a file hold a line of which <paramref name="isKnown"/> is sure; the highest certainty found.
    /// </summary>
    public static double Certainty(ReadOnlySpan<byte> head, Func<JsonlHead, double> isKnown)
    {
        var best = 0.0;
        if (head.StartsWith("\uFEFF"u8))
            head = head[3..];
        while (!head.IsEmpty && best < 1)
        {
            var end = head.IndexOf((byte)'\n') + 1;
            var line = end == 0 ? head : head[..end];
            var start = line.IndexOfAnyExcept(" \t\r\n\0"u8);
            if (start >= 0 && line[start] == (byte)'{')
                best = Math.Max(best, isKnown(Read(line[start..])));
            head = head[line.Length..];
        }

        return best;
    }

    /// <summary>
    /// What lines of conversations look like, each of which is one of its own, and the way out; null where they are something else.
    /// </summary>
    public static string? DescribeLines(ReadOnlySpan<byte> head)
    {
        var conversations = 0;
        Certainty(head, line => line.Has("messages") || line.Has("conversations") ? ++conversations * 0 : 0);
        return conversations < 2 ? null
            : "It looks like several conversations, one a line. Give one of them at a time, e.g. the first: head -n 1 FILE > one.json.";
    }

    /// <summary>Whether the line has a member of this name; names inside an object are <c>outer.inner</c>.</summary>
    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The member's text; null when it is absent, no string, or cut off.</summary>
    public string? this[string name] => _members.GetValueOrDefault(name);

    private static JsonlHead Read(ReadOnlySpan<byte> line)
    {
        var head = new JsonlHead();
        var options = new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = JsonlEntry.MaxDepth };
        var reader = new Utf8JsonReader(line, isFinalBlock: false, new JsonReaderState(options));
        var outer = "";
        var name = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when reader.CurrentDepth <= 2 && reader.ValueSpan.Length < 64:
                        name = reader.CurrentDepth == 1 ? reader.GetString()! : $"{outer}.{reader.GetString()}";
                        head._members[name] = null;
                        break;
                    case JsonTokenType.StartObject when reader.CurrentDepth == 1:
                        outer = name;
                        break;
                    case JsonTokenType.String when reader.CurrentDepth <= 2 && reader.ValueSpan.Length < 256:
                        head._members[name] = reader.GetString();
                        break;
                    case JsonTokenType.EndObject when reader.CurrentDepth == 0:
                        return head;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return head;
        }

        return head;
    }
}
