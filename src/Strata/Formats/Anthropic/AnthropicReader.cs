using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.Anthropic;

/// <summary>Reads one message of the Messages API.</summary>
internal static class AnthropicReader
{
    public static ElementParts Read(JsonFields fields, ReadingContext context)
    {
        var role = context.Role(fields["role"u8], ChatRole.User);
        var content = fields["content"u8];
        if (content.IsString)
            return new ElementParts(
                role, content.End - content.Start > 2 ? [new Block(new TextContent(content.Text), BlockEdit.Text, content)] : []);
        if (content.Exists && !content.IsNull && !content.IsArray)
            context.Report(".content", $"The content is {content.Kind}; kept as it is.");
        var blocks = content.Items.ConvertAll(block => ReadBlock(block, context).In(content, block));
        return new ElementParts(blocks.Exists(static block => block.Content is FunctionResultContent) ? ChatRole.Tool : role, blocks);
    }

    private static Block ReadBlock(JsonValue block, ReadingContext context)
    {
        if (block.IsString)
            return new Block(new TextContent(block.Text), BlockEdit.Text, block);
        var fields = block.Fields;
        switch (fields["type"u8].Text)
        {
            case "text" when fields["text"u8] is { IsString: true } text:
                return new Block(new TextContent(text.Text), BlockEdit.Text, text);
            case "thinking" when fields["thinking"u8] is { IsString: true } thinking:
                return new Block(
                    new TextReasoningContent(thinking.Text) { ProtectedData = fields["signature"u8].Text }, BlockEdit.Signed, thinking);
            case "redacted_thinking":
                return new Block(
                    new TextReasoningContent("")
                    {
                        ProtectedData = fields["data"u8].Text,
                        RawRepresentation = JsonElements.Copy(block.Bytes)
                    }, BlockEdit.Signed, block);
            case "tool_use":
                var name = fields["name"u8].Text ?? "";
                var input = fields["input"u8];
                return new Block(
                    new FunctionCallContent(context.CallId(fields["id"u8].Text, name), name, CallArguments.FromValue(input))
                    {
                        // Code that the server runs made the call, and it stays only with that code.
                        RawRepresentation = fields["caller"u8].Field("tool_id"u8).IsString ? JsonElements.Copy(block.Bytes) : null,
                    },
                    input.Exists ? BlockEdit.Arguments : BlockEdit.Fixed,
                    input);
            case "tool_result":
                return ReadResult(fields, context);
            case "image" or "document" when Media(fields) is { } media:
                return new Block(media, BlockEdit.Whole, block);
            default:
                return new Block(MediaContents.Opaque(block), BlockEdit.Whole, block);
        }
    }

    private static Block ReadResult(JsonFields fields, ReadingContext context)
    {
        var content = fields["content"u8];
        var parts = content.Items.ConvertAll(part => ReadBlock(part, context).In(content, part));
        object? result = content switch
        {
            { IsString: true } => content.Text,
            { IsArray: true } when parts.TrueForAll(static part => part.Content is TextContent) =>
                string.Join('\n', parts.Select(static part => ((TextContent)part.Content).Text)),
            { IsArray: true } => parts.ConvertAll(static part => part.Content),
            { Exists: false } or { IsNull: true } => null,
            _ => JsonElements.Copy(content.Bytes),
        };
        var isError = fields["is_error"u8] is { Exists: true } error && error.Bytes.SequenceEqual("true"u8);
        return new Block(
            new FunctionResultContent(context.ResultId(fields["tool_use_id"u8].Text, null), result)
            {
                Exception = isError ? new InvalidOperationException("The tool reported an error.") : null,
            },
            BlockEdit.Result,
            content) { Parts = parts };
    }

    private static AIContent? Media(JsonFields fields)
    {
        var source = fields["source"u8].Fields;
        var kind = fields["type"u8].TextIs("image"u8) ? "image/*" : "application/pdf";
        return source["type"u8].Text switch
        {
            "base64" => MediaContents.FromBase64(source["data"u8].Text, source["media_type"u8].Text, fields["title"u8].Text),
            "url" => MediaContents.FromUri(source["url"u8].Text, kind),
            "file" when source["file_id"u8].Text is { Length: > 0 } id => new HostedFileContent(id),
            _ => null,
        };
    }
}
