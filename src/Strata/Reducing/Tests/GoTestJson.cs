using System.Text;
using System.Text.Json;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Tests;

/// <summary>Reads <c>go test -json</c> back into what <c>go test -v</c> prints.</summary>
internal static class GoTestJson
{
    /// <summary>Whether the text begins with a record that <c>go test -json</c> writes.</summary>
    public static bool IsRecord(string text)
    {
        var first = text.AsSpan(0, Math.Min(text.Length, 2_000));
        return first.TrimStart().StartsWith("{\"") && first.Contains("\"Action\":\"", StringComparison.Ordinal)
            && first.Contains("\"Package\":\"", StringComparison.Ordinal);
    }

    /// <summary>The text; null when the lines are something else.</summary>
    public static string? ToText(string text)
    {
        if (!IsRecord(text))
            return null;
        var printed = new StringBuilder();
        var lines = new TextLines(text);
        for (var i = 0; i < lines.Count; i++)
        {
            if (Output(lines[i]) is { } output)
                printed.Append(output);
            else if (!lines[i].StartsWith("{\""))
                printed.Append(lines[i]).Append('\n');
        }

        return printed.ToString();
    }

    private static string? Output(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("{\"") || !line.Contains("\"Output\":", StringComparison.Ordinal))
            return null;
        try
        {
            using var json = JsonDocument.Parse(line.ToString());
            return json.RootElement.TryGetProperty("Output", out var output) && output.ValueKind == JsonValueKind.String
                ? Transcripts.JsonText.StringOf(output) : null;
        }
        catch (JsonException)
        {
            return line.ToString() + "\n";
        }
    }
}
