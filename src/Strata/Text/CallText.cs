using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Text;

/// <summary>What a tool call's arguments say, whatever the vendor calls the tool: a path, a command, an edit.</summary>
internal static class CallText
{
    private static readonly string[] CommandKeys = ["command", "cmd", "script", "bash_command"];

    private static readonly string[] NewTextKeys =
        ["content", "new_string", "new_str", "file_text", "new_source", "contents", "newText", "new_text", "replacement", "insert_text",
            "code_edit"];

    private static readonly string[] OldTextKeys = ["old_string", "old_str", "oldText", "old_text", "search"];

    /// <summary>Arguments of a search.</summary>
    public static readonly string[] QueryKeys = ["pattern", "query", "regex"];

    private static readonly string[] PatchKeys = ["patch", "input", "diff"];

    public static string? String(FunctionCallContent call, params ReadOnlySpan<string> keys)
    {
        if (call.Arguments is null)
            return null;
        foreach (var key in keys)
        {
            if (call.Arguments.TryGetValue(key, out var value) && StringOf(value) is { } text)
                return text;
        }

        return null;
    }

    public static string? StringOf(object? value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => JsonText.StringOf(json),
        _ => null,
    };

    /// <summary>The one file the call is about.</summary>
    public static string? Path(FunctionCallContent call) =>
        String(call, FileCalls.PathKeys) is { Length: > 1 and < 400 } path && !path.Contains('\n', StringComparison.Ordinal) ? path.Trim()
            : null;

    /// <summary>The command line; <c>["bash", "-lc", X]</c> is X.</summary>
    public static string? Command(FunctionCallContent call)
    {
        if (String(call, CommandKeys) is { } line)
            return line;
        if (call.Arguments is null)
            return null;
        foreach (var key in CommandKeys)
        {
            if (!call.Arguments.TryGetValue(key, out var value) || value is not JsonElement { ValueKind: JsonValueKind.Array } words)
                continue;
            var parts = words.EnumerateArray().Select(word => StringOf(word) ?? word.GetRawText()).ToList();
            return parts is [_, "-c" or "-lc", var script] ? script : string.Join(' ', parts);
        }

        return null;
    }

    /// <summary>What a call was about in a few words: its name with the file or what it searched for.</summary>
    public static string Source(FunctionCallContent call)
    {
        var path = Path(call) is { } file ? LastSegments(file) : null;
        if (String(call, QueryKeys) is { } query)
            return path is null ? $"{call.Name} {Shown(query)}" : $"{call.Name} {Shown(query)} in {path}";
        return path is null ? call.Name : $"{call.Name} {path}";
    }

    /// <summary>Enough of a path to find it in the list of files.</summary>
    public static string LastSegments(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash > 0 ? path[(path.LastIndexOf('/', slash - 1) + 1)..] : path;
    }

    public static string? Patch(FunctionCallContent call) =>
        String(call, PatchKeys) is { } patch
            && (patch.Contains("*** Begin Patch", StringComparison.Ordinal) || patch.Contains("\n@@", StringComparison.Ordinal))
            ? patch
            : null;

    /// <summary>Any other call as one short line: its name and its arguments.</summary>
    public static string Line(FunctionCallContent call)
    {
        if (call.Arguments is not { Count: > 0 } arguments)
            return call.Name;
        var shown = arguments.Where(argument => argument.Value is not null)
            .Select(argument => $"{argument.Key}: {Shown(StringOf(argument.Value) ?? JsonText.Of(argument.Value!))}");
        return $"{call.Name} {string.Join(", ", shown)}";
    }

    /// <summary>The text that an edit puts into the file.</summary>
    public static string? NewText(FunctionCallContent call)
    {
        if (String(call, NewTextKeys) is { } text)
            return text;
        return call.Arguments is not null && call.Arguments.TryGetValue("edits", out var edits)
            && edits is JsonElement { ValueKind: JsonValueKind.Array } list
            ? string.Join('\n', list.EnumerateArray().Where(edit => edit.ValueKind == JsonValueKind.Object).Select(NewTextOf))
            : null;
    }

    /// <summary>The text that an edit takes out of the file; null when the call does not say.</summary>
    public static string? OldText(FunctionCallContent call) => String(call, OldTextKeys);

    public static bool HasOldText(FunctionCallContent call) =>
        call.Arguments is { } arguments && (OldTextKeys.Any(arguments.ContainsKey) || arguments.ContainsKey("edits"));

    // Long arguments are content, and content is read elsewhere.
    private static string Shown(string value) => value.Length <= 120 ? value : value[..TextCut.Before(value, 100)] + " …";

    private static string NewTextOf(JsonElement edit)
    {
        foreach (var key in NewTextKeys)
        {
            if (edit.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String)
                return JsonText.StringOf(text);
        }

        return "";
    }
}
