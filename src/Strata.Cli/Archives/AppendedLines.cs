using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Files;

namespace Strata.Cli.Archives;

/// <summary>What an agent appended to a compacted session of JSON lines.</summary>
internal static class AppendedLines
{
    private const string LinePlace = "line ";

    private const string Parent = "parentUuid";

    // What a compaction may have changed in a line that is no message.
    private static readonly string[] References = [Parent, "logicalParentUuid", "leafUuid", "sourceToolAssistantUUID", "parentId"];

    /// <summary>Whether a file consists of lines.</summary>
    public static bool AreIn(SessionFile file) => LineOf(file, 0) is not null;

    /// <summary>The original with the lines behind it that the compacted file has got since.</summary>
    /// <param name="original">The file before the compaction.</param>
    /// <param name="compacted">The file after it, and perhaps after more turns.</param>
    /// <param name="kept">How many of its messages the compaction made or left.</param>
    public static ReadOnlyMemory<byte> Join(SessionFile original, SessionFile compacted, int kept)
    {
        var before = original.Bytes!.Value;
        var appended = Of(original, compacted, kept);
        if (appended.Count == 0)
            return before;
        using var joined = new MemoryStream();
        joined.Write(before.Span);
        if (before.Length > 0 && before.Span[^1] != (byte)'\n')
            joined.WriteByte((byte)'\n');
        foreach (var line in Relinked(original, appended))
            joined.Write(line.Span);
        return joined.ToArray();
    }

    private static List<ReadOnlyMemory<byte>> Of(SessionFile original, SessionFile compacted, int kept)
    {
        var lines = Lines(compacted.Bytes!.Value);
        var last = kept == 0 ? 0 : LineOf(compacted, kept - 1) ?? lines.Count;

        // What stands behind the last message is old as long as the original has it too: titles, snapshots, events.
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Lines(original.Bytes!.Value))
            known[Essence(line)] = known.GetValueOrDefault(Essence(line)) + 1;
        foreach (var line in lines.Take(last))
            Take(line);
        return [.. lines.Skip(last).SkipWhile(Take)];

        bool Take(ReadOnlyMemory<byte> line)
        {
            var essence = Essence(line);
            if (known.GetValueOrDefault(essence) == 0)
                return false;
            known[essence]--;
            return true;
        }
    }

    // A line may hang on a summary, which is gone: it hangs on the original's last line then.
    private static IEnumerable<ReadOnlyMemory<byte>> Relinked(SessionFile original, List<ReadOnlyMemory<byte>> appended)
    {
        var uuids = Lines(original.Bytes!.Value).Concat(appended).Select(line => Text(line, "uuid")).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var lost = appended.Select(line => Text(line, Parent)).OfType<string>().Where(uuid => !uuids.Contains(uuid))
            .ToHashSet(StringComparer.Ordinal);
        var end = lost.Count == 0 || original.Document.Messages.Count == 0
            ? null
            : Text(Lines(original.Bytes!.Value)[(LineOf(original, original.Document.Messages.Count - 1) ?? 1) - 1], "uuid");
        foreach (var line in appended)
        {
            yield return end is null || Text(line, Parent) is not { } parent || !lost.Contains(parent)
                ? line
                : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line.Span)
                    .Replace($"\"{parent}\"", $"\"{end}\"", StringComparison.Ordinal));
        }
    }

    private static int? LineOf(SessionFile file, int message) =>
        message < file.Document.Messages.Count && file.Document.PlaceOf(message) is var place
            && place.StartsWith(LinePlace, StringComparison.Ordinal)
            && int.TryParse(place.AsSpan(LinePlace.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;

    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> file)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (file.Length > 0)
        {
            var end = file.Span.IndexOf((byte)'\n') is >= 0 and var found ? found + 1 : file.Length;
            lines.Add(file[..end]);
            file = file[end..];
        }

        return lines;
    }

    private static string Essence(ReadOnlyMemory<byte> line)
    {
        try
        {
            if (JsonNode.Parse(line.Span) is not JsonObject json)
                return Encoding.UTF8.GetString(line.Span).TrimEnd();
            foreach (var reference in References)
                json.Remove(reference);
            return json.ToJsonString();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return Encoding.UTF8.GetString(line.Span).TrimEnd();
        }
    }

    private static string? Text(ReadOnlyMemory<byte> line, string name)
    {
        try
        {
            return JsonNode.Parse(line.Span) is JsonObject json && json[name] is JsonValue value && value.TryGetValue<string>(out var text)
                ? text : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
