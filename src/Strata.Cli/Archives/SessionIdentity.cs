using System.Text.Json;

namespace Strata.Cli.Archives;

/// <summary>The name that an agent gave a session, as its file says it.</summary>
internal static class SessionIdentity
{
    // The archive's limit, in chars.
    private const int Longest = 200;

    // The first lines of some files are of before the session began.
    private const int MostLines = 100;

    /// <summary>Null where the format has no such name, or the file none.</summary>
    public static string? Of(string format, ReadOnlyMemory<byte> file)
    {
        if (format is not ("claude-code" or "codex" or "pi"))
            return null;
        var rest = file;
        for (var i = 0; i < MostLines && rest.Length > 0; i++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (OfLine(format, line) is { Length: > 0 and <= Longest } id)
                return id;
        }

        return null;
    }

    private static string? OfLine(string format, ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            return format switch
            {
                // An agent that another one started writes the session of that one, and its own name beside it.
                "claude-code" => Text(root, "sessionId") is { } id ? Text(root, "agentId") is { } agent ? $"{id}/{agent}" : id : null,
                "codex" => Text(root, "type") == "session_meta" && root.TryGetProperty("payload", out var payload) ? Text(payload, "id") : null,
                _ => Text(root, "type") == "session" ? Text(root, "id") : null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
