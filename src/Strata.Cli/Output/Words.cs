using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Cli.Output;

/// <summary>The words of the screen for the library's terms.</summary>
internal static class Words
{
    // More than any screen shows of one group.
    private const int FirstLength = 120;

    private const int PathWidth = 40;

    private static readonly string[] TellingArguments =
        ["command", "cmd", "file_path", "path", "filePath", "file", "pattern", "query", "url", "description", "prompt", "name"];

    public static string Of(GroupKind kind) => kind switch
    {
        GroupKind.System => "system",
        GroupKind.User => "user",
        GroupKind.Assistant => "assistant",
        GroupKind.ToolCall => "tool call",
        GroupKind.OrphanResult => "orphan",
        _ => "summary",
    };

    public static string Of(GroupAction action) => action switch
    {
        GroupAction.Keep => "keep",
        GroupAction.Shorten => "shorten",
        GroupAction.Summarize => "summarize",
        _ => "drop",
    };

    /// <summary>What a group begins with, on one line: for tool calls their names and arguments.</summary>
    public static string First(MessageGroup group)
    {
        var calls = group.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        return calls.Count > 0
            ? Cut(string.Join("; ", calls.Take(4).Select(call => $"{call.Name} {Arguments(call)}")))
            : Cut(FirstText(group));
    }

    /// <summary>What a content begins with.</summary>
    public static string First(AIContent content) => content switch
    {
        FunctionCallContent call => Cut($"{call.Name} {Arguments(call)}"),
        DataContent data => data.MediaType,
        UriContent uri => Cut(uri.Uri.OriginalString),
        _ => Cut(MessageText.Of(content) ?? ""),
    };

    private static string FirstText(MessageGroup group)
    {
        foreach (var content in group.Messages.SelectMany(message => message.Contents))
        {
            var text = MessageText.Of(content);
            if (content is TextContent && group.Kind == GroupKind.User)
                text = InjectedText.Strip(text!) is { Length: > 0 } own ? own : text;
            if (!string.IsNullOrWhiteSpace(text))
                return text;
        }

        return group.Messages[0].Contents is [var only, ..] ? First(only) : "";
    }

    // The one argument that says what a call is about, not the JSON around it.
    private static string Arguments(FunctionCallContent call)
    {
        if (call.Arguments is not { Count: > 0 } arguments)
            return "";
        foreach (var name in TellingArguments)
        {
            if (arguments.TryGetValue(name, out var value) && MessageText.OfResult(value) is { Length: > 0 } text)
                return IsPath(text) ? CellText.FitEnd(text, PathWidth) : text;
        }

        return MessageText.OfResult(arguments.Values.First());
    }

    // The end of a path tells files apart; all of a session's begin alike.
    private static bool IsPath(string text) => text[0] == '/' && !text.Contains(' ', StringComparison.Ordinal);

    private static string Cut(string text)
    {
        text = Screen.Printable(text.Length > FirstLength * 4 ? text[..(FirstLength * 4)] : text).TrimStart();
        while (text.Contains("  ", StringComparison.Ordinal))
            text = text.Replace("  ", " ", StringComparison.Ordinal);
        return CellText.Fit(text, FirstLength);
    }
}
