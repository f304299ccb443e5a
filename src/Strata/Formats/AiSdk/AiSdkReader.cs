using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.AiSdk;

/// <summary>Reads one ModelMessage.</summary>
internal static class AiSdkReader
{
    public static ElementParts Read(JsonFields fields, ReadingContext context)
    {
        var role = context.Role(fields["role"u8], ChatRole.User);
        var content = fields["content"u8];
        if (content.IsString)
        {
            var words = new Block(new TextContent(content.Text), BlockEdit.Text, content);
            return new ElementParts(role, content.Text is { Length: > 0 } ? [words] : []);
        }

        if (content.Exists && !content.IsNull && !content.IsArray)
            context.Report(".content", $"The content is {content.Kind}; kept as it is.");
        return new ElementParts(role, content.Items.ConvertAll(part => ReadPart(part, role, context).In(content, part)));
    }

    private static Block ReadPart(JsonValue part, ChatRole role, ReadingContext context)
    {
        var fields = part.Fields;
        var text = fields["text"u8];
        var block = fields["type"u8].Text switch
        {
            "text" when text.IsString => new Block(new TextContent(text.Text), BlockEdit.Text, text),
            "reasoning" when text.IsString => Reasoning(text, fields),
            "image" => Media(fields["image"u8].Text, fields, "image/*"),
            "file" or "media" => Media(fields["data"u8].Text ?? fields["url"u8].Text, fields, "application/octet-stream"),
            "tool-call" when !IsTrue(fields["providerExecuted"u8]) => Call(fields, context),

            // What the vendor ran by itself stands in the assistant's message with its call, and both stay as they are.
            "tool-result" when role == ChatRole.Tool => Result(fields, context),
            _ => null,
        };
        return block ?? new Block(MediaContents.Opaque(part), BlockEdit.Whole, part);
    }

    private static Block Reasoning(JsonValue text, JsonFields fields)
    {
        var options = (fields["providerOptions"u8] is { IsObject: true } given ? given : fields["providerMetadata"u8]).Fields;
        var signature = options["anthropic"u8].Field("signature"u8).Text
            ?? options["openai"u8].Field("reasoningEncryptedContent"u8).Text ?? fields["signature"u8].Text;
        var edit = signature is null ? BlockEdit.Text : BlockEdit.Signed;
        return new Block(new TextReasoningContent(text.Text) { ProtectedData = signature }, edit, text);
    }

    private static Block? Media(string? data, JsonFields fields, string kind)
    {
        var type = fields["mediaType"u8].Text ?? fields["mimeType"u8].Text;
        var media = MediaContents.FromUri(data, type ?? kind) ?? MediaContents.FromBase64(data, type, fields["filename"u8].Text);
        return media is null ? null : new Block(media, BlockEdit.Whole, default);
    }

    // Version 4 called the arguments "args" and the result "result".
    private static Block Call(JsonFields fields, ReadingContext context)
    {
        var name = fields["toolName"u8].Text ?? "";
        var input = fields["input"u8] is { Exists: true } given ? given : fields["args"u8];
        var call = new FunctionCallContent(context.CallId(fields["toolCallId"u8].Text, name), name, CallArguments.FromValue(input));
        var edit = input.IsString ? BlockEdit.ArgumentsText : input.Exists ? BlockEdit.Arguments : BlockEdit.Fixed;
        return new Block(call, edit, input);
    }

    private static Block Result(JsonFields fields, ReadingContext context)
    {
        var id = context.ResultId(fields["toolCallId"u8].Text, fields["toolName"u8].Text);
        var output = fields["output"u8].Fields;
        var value = output["value"u8];
        switch (output["type"u8].Text)
        {
            case "content":
                var parts = value.Items.ConvertAll(part => ReadPart(part, ChatRole.User, context).In(value, part));
                object? result = parts.TrueForAll(static part => part.Content is TextContent)
                    ? string.Join('\n', parts.Select(static part => ((TextContent)part.Content).Text))
                    : parts.ConvertAll(static part => part.Content);
                var edit = parts.Exists(static part => part.Edit == BlockEdit.Text) ? BlockEdit.Result : BlockEdit.Fixed;
                return new Block(new FunctionResultContent(id, result), edit, value) { Parts = parts };
            case "text" or "json" or "error-text" or "error-json":
                var isError = output["type"u8].Text!.StartsWith("error", StringComparison.Ordinal);
                return new Block(Plain(id, value, isError), BlockEdit.Result, value);
            case "execution-denied":
                var refusal = new FunctionResultContent(id, $"[refused by the user] {output["reason"u8].Text}")
                {
                    Exception = new InvalidOperationException("The call was refused."),
                };
                return new Block(refusal, BlockEdit.Fixed, default);
            default:
                var old = fields["result"u8];
                return new Block(Plain(id, old, IsTrue(fields["isError"u8])), old.Exists ? BlockEdit.Result : BlockEdit.Fixed, old);
        }
    }

    private static FunctionResultContent Plain(string id, JsonValue value, bool isError) =>
        new(id, value.Text ?? (value.Exists && !value.IsNull ? JsonElements.Copy(value.Bytes) : (object?)null))
        {
            Exception = isError ? new InvalidOperationException("The tool reported an error.") : null,
        };

    private static bool IsTrue(JsonValue value) => value.Exists && value.Bytes.SequenceEqual("true"u8);
}
