using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>The text of contents.</summary>
internal static class ContentText
{
    /// <summary>The text of a content that is text; null for any other.</summary>
    public static string? Of(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        ErrorContent error => error.Message,
        FunctionResultContent result => OfResult(result.Result),
        _ => null,
    };

    /// <summary>A result as text: media described, anything that is not text as JSON.</summary>
    public static string OfResult(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString() ?? "",
        JsonElement element => element.GetRawText(),
        TextContent text => text.Text,
        IEnumerable<AIContent> parts => string.Join('\n', parts.Select(static part => Of(part) ?? MediaContents.Describe(part))),
        _ => Encoding.UTF8.GetString(JsonBuilder.Serialize(result)),
    };
}
