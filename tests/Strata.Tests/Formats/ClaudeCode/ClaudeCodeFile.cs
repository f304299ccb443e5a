using System.Text;
using System.Text.Json;

namespace Strata.Tests.Formats.ClaudeCode;

/// <summary>What Claude Code expects of a session file, checked without the format under test.</summary>
internal static class ClaudeCodeFile
{
    public static IReadOnlyList<string> Lines(byte[] file) =>
        [.. Encoding.UTF8.GetString(file).TrimStart('\uFEFF').Split('\n').Select(static line => line.Trim())
            .Where(static line => line.Length > 0)];

    /// <summary>
    /// Every line of a file that was whole parses; no uuid occurs twice; parents stand before their children; whatever a line refers to and
    /// <paramref name="mayMiss"/> does not excuse exists.
    /// </summary>
    public static void ShouldBeValid(byte[] file, IReadOnlySet<string>? mayMiss = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Lines(file))
        {
            using var json = TryParse(line);
            if (json is null)
                continue;   // broken in the source as well: the caller compares the problems
            var root = json.RootElement;
            if (root.TryGetProperty("parentUuid", out var parent) && parent.ValueKind == JsonValueKind.String
                && !IsForeign(parent.GetString()!) && mayMiss?.Contains(parent.GetString()!) != true)
            {
                seen.ShouldContain(parent.GetString()!, line);
            }

            if (root.TryGetProperty("uuid", out var uuid))
                seen.Add(uuid.GetString()!).ShouldBeTrue(line);
        }

        // The fixtures' own missing parents.
        static bool IsForeign(string uuid) => uuid.StartsWith("0000009", StringComparison.Ordinal);
    }

    /// <summary>Parents that the file names and does not hold, or holds only further down.</summary>
    public static IReadOnlySet<string> MissingParents(byte[] file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Lines(file))
        {
            using var json = TryParse(line);
            if (json is null)
                continue;
            if (json.RootElement.TryGetProperty("parentUuid", out var parent) && parent.GetString() is { } uuid && !seen.Contains(uuid))
                missing.Add(uuid);
            if (json.RootElement.TryGetProperty("uuid", out var own))
                seen.Add(own.GetString()!);
        }

        return missing;
    }

    public static JsonDocument? TryParse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
