using System.Text.Json;

namespace Strata.Cli.Clients;

/// <summary>The folder that a session belongs to, as its agent noted it.</summary>
internal static class WorkingFolder
{
    private const string Name = "cwd";

    // Agents note it in the first lines, or in every line.
    private const int Lines = 50;

    // {"cwd":…} or {"payload":{"cwd":…}}.
    private const int Depth = 2;

    /// <summary>Null where the file does not say.</summary>
    public static string? Of(ReadOnlyMemory<byte> file)
    {
        for (var line = 0; line < Lines && file.Length > 0; line++)
        {
            var end = file.Span.IndexOf((byte)'\n') is >= 0 and var found ? found : file.Length - 1;
            if (In(file.Span[..(end + 1)]) is { } folder)
                return folder;
            file = file[(end + 1)..];
        }

        return null;
    }

    private static string? In(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth <= Depth && reader.ValueTextEquals(Name)
                    && reader.Read() && reader.TokenType == JsonTokenType.String)
                    return reader.GetString();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A broken line says nothing; the next one may.
        }

        return null;
    }
}
