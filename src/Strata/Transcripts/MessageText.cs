using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>The text that a model reads in a content, as it is sent.</summary>
public static class MessageText
{
    /// <summary>
    /// The text of one content: text and reasoning as they are, arguments and structured results as JSON, null for contents without text
    /// (media, usage).
    /// </summary>
    public static string? Of(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => call.Arguments is null ? "{}" : JsonText.Of(call.Arguments),
        FunctionResultContent result => OfResult(result.Result),
        ErrorContent error => error.Message,
        DataContent or UriContent or UsageContent => null,
        _ => content.RawRepresentation is JsonElement raw ? raw.GetRawText() : null,
    };

    /// <summary>The text of a tool result: strings as they are, lists of contents one after the other, everything else as JSON.</summary>
    public static string OfResult(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => JsonText.StringOf(json),
        AIContent content => Of(content) ?? "",
        IEnumerable<AIContent> contents => Join(contents),
        _ => JsonText.Of(result),
    };

    /// <summary>All text of a message's plain text contents, one a line.</summary>
    public static string Of(ChatMessage message) =>
        message.Contents is [TextContent only] ? only.Text : Join(message.Contents.Where(content => content is TextContent));

    private static string Join(IEnumerable<AIContent> contents)
    {
        var joined = new StringBuilder();
        foreach (var content in contents)
        {
            if (Of(content) is not { Length: > 0 } text)
                continue;
            if (joined.Length > 0)
                joined.Append('\n');
            joined.Append(text);
        }

        return joined.ToString();
    }
}
