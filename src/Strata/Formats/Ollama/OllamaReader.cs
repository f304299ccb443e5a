using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.Ollama;

/// <summary>Reads one message of Ollama's chat API.</summary>
internal static class OllamaReader
{
    public static ElementParts Read(JsonFields fields, ReadingContext context)
    {
        var content = fields["content"u8];
        var name = fields["tool_name"u8].Text ?? fields["name"u8].Text;
        var role = context.Role(fields["role"u8], fields["tool_name"u8].Exists ? ChatRole.Tool : ChatRole.User);
        var blocks = new List<Block>();
        if (fields["thinking"u8] is { Text: { Length: > 0 } thought } thinking)
            blocks.Add(new Block(new TextReasoningContent(thought), BlockEdit.Text, thinking));
        if (role == ChatRole.Tool)
        {
            var id = context.ResultId(fields["tool_call_id"u8].Text, name);
            blocks.Add(new Block(new FunctionResultContent(id, content.Text ?? OtherResult(content)), BlockEdit.Result, content));
        }
        else if (content.IsString && content.End - content.Start > 2)
        {
            blocks.Add(new Block(new TextContent(content.Text), BlockEdit.Text, content));
        }
        else if (content.Exists && !content.IsNull && !content.IsString)
        {
            context.Report(".content", $"The content is {content.Kind}; kept as it is.");
            blocks.Add(new Block(MediaContents.Opaque(content), BlockEdit.Fixed, content));
        }

        var images = fields["images"u8];
        foreach (var image in images.Items)
            blocks.Add(new Block(MediaContents.FromBase64(image.Text, null) ?? MediaContents.Opaque(image), BlockEdit.Whole, image)
                .In(images, image, BlockList.Other));
        var calls = fields["tool_calls"u8];
        foreach (var call in calls.Items)
            blocks.Add(ReadCall(call, context).In(calls, call, BlockList.Calls));
        return new ElementParts(role, blocks) { AuthorName = role == ChatRole.Tool ? name : null };
    }

    private static object? OtherResult(JsonValue content) => content.Exists && !content.IsNull ? JsonElements.Copy(content.Bytes) : null;

    private static Block ReadCall(JsonValue call, ReadingContext context)
    {
        var function = call.Field("function"u8).Fields;
        var name = function["name"u8].Text ?? "";
        var arguments = function["arguments"u8];
        var edit = arguments switch { { IsString: true } => BlockEdit.ArgumentsText, { Exists: true } => BlockEdit.Arguments,
            _ => BlockEdit.Fixed };
        return new Block(new FunctionCallContent(context.CallId(call.Field("id"u8).Text, name), name, CallArguments.FromValue(arguments)),
            edit, arguments);
    }
}
