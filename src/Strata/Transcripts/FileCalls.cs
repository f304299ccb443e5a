using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>Tells reads and writes of files from the shape of a call's arguments, and only then from the tool's name.</summary>
internal static partial class FileCalls
{
    /// <summary>What vendors call the argument that names the one file of a call.</summary>
    public static readonly string[] PathKeys =
        ["file_path", "filePath", "path", "filename", "file", "notebook_path", "target_file", "absolute_path", "filepath", "relative_path"];

    private static readonly string[] TextKeys =
    [
        "content", "new_string", "new_str", "file_text", "new_source", "contents", "newText", "new_text", "replacement", "insert_text",
        "code_edit",
        "old_string", "old_str", "oldText", "old_text", "edits",
    ];

    private static readonly string[] SearchKeys = ["pattern", "query", "regex"];
    private static readonly string[] PatchKeys = ["patch", "input", "diff"];
    private static readonly string[] FirstKeys = ["offset", "start_line", "startLine", "line_start", "from_line"];
    private static readonly string[] LastKeys = ["end_line", "endLine", "line_end", "to_line"];
    private static readonly string[] CountKeys = ["limit", "line_count", "num_lines"];

    /// <summary>The files that the call reads or writes; empty when it does neither, or does not say.</summary>
    public static IReadOnlyList<FileCall> Of(FunctionCallContent call)
    {
        if (call.Arguments is not { Count: > 0 } arguments)
            return [];
        if (Text(arguments, PatchKeys) is { } patch && patch.Contains("*** Begin Patch", StringComparison.Ordinal))
            return [.. PatchedFile().Matches(patch).Select(match => new FileCall(Normal(match.Groups["path"].Value), Changes: true))];
        if (Text(arguments, PathKeys) is not { Length: > 1 and < 400 } path || SearchKeys.Any(arguments.ContainsKey))
            return [];
        var command = Text(arguments, ["command"]);
        if (command is not "view" && TextKeys.Any(arguments.ContainsKey))
            return [new FileCall(Normal(path), Changes: true)];
        return command is "view" || (command is null && ReadTool().IsMatch(call.Name)) ? [Read(path, arguments)] : [];
    }

    private static FileCall Read(string path, IDictionary<string, object?> arguments)
    {
        if (arguments.TryGetValue("view_range", out var range) && range is JsonElement { ValueKind: JsonValueKind.Array } pair
            && pair.GetArrayLength() == 2)
        {
            var to = Number(pair[1]) ?? -1;
            return new FileCall(Normal(path), Changes: false, Number(pair[0]) ?? 1, to < 0 ? int.MaxValue : to);
        }

        var first = Math.Max(1, Number(arguments, FirstKeys) ?? 1);
        var last = Number(arguments, LastKeys)
            ?? (Number(arguments, CountKeys) is { } count ? (int)Math.Min((long)first + count - 1, int.MaxValue) : int.MaxValue);
        return new FileCall(Normal(path), Changes: false, first, last);
    }

    private static string Normal(string path)
    {
        path = path.Trim().Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }

    private static string? Text(IDictionary<string, object?> arguments, string[] keys)
    {
        foreach (var key in keys)
        {
            if (!arguments.TryGetValue(key, out var value))
                continue;
            if (value is string text)
                return text;
            if (value is JsonElement { ValueKind: JsonValueKind.String } json)
                return JsonText.StringOf(json);
        }

        return null;
    }

    private static int? Number(IDictionary<string, object?> arguments, string[] keys)
    {
        foreach (var key in keys)
        {
            if (arguments.TryGetValue(key, out var value) && value is not null && Number(value) is { } number)
                return number;
        }

        return null;
    }

    private static int? Number(object value) => value switch
    {
        int number => number,
        long number => (int)Math.Clamp(number, int.MinValue, int.MaxValue),
        double number => (int)Math.Clamp(number, int.MinValue, int.MaxValue),
        JsonElement { ValueKind: JsonValueKind.Number } json => json.TryGetInt32(out var number) ? number : null,
        string text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    [GeneratedRegex(
        "read|view|cat|open|show|get_?file", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReadTool();

    [GeneratedRegex(@"^\*\*\* (?:Update|Add|Delete) File: (?<path>[^\r\n]{1,400})",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PatchedFile();
}
