using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.Meai;

/// <summary>
/// The JSON of a list of <see cref="ChatMessage"/> as Microsoft.Extensions.AI serializes it, bare or under <c>messages</c>.
/// </summary>
internal sealed class MeaiFormat : BodyFormat
{
    public override string Name => "meai";

    protected override string[] ListNames { get; } = ["messages"];

    protected override double Score(BodyEvidence evidence) =>
        (evidence.Has("/messages[") || evidence.IsList) && evidence.Has("*contents[") && evidence.Has("*role\"") ? 0.97 : 0;

    internal override ElementParts ReadElement(JsonValue element, ReadingContext context)
    {
        var fields = element.Fields;
        var contents = fields["contents"u8];
        var blocks = contents.Items.ConvertAll(item => ReadContent(item, context).In(contents, item));
        return new ElementParts(context.Role(fields["role"u8], ChatRole.User), blocks)
        {
            AuthorName = fields["authorName"u8].Text,
            MessageId = fields["messageId"u8].Text,
        };
    }

    internal override IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context) =>
    [
        JsonBuilder.Build(writer => writer.Object(() =>
        {
            writer.Text("authorName", message.AuthorName);
            writer.Text("messageId", message.MessageId);
            writer.Text("role", message.Role.Value);
            writer.List("contents", () =>
            {
                foreach (var content in message.Contents)
                    WriteContent(writer, content);
            });
        })),
    ];

    internal override byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context) =>
        JsonBuilder.Build(writer => WriteContent(writer, content));

    internal override IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages) =>
        [];

    internal override IEnumerable<byte[]> WriteAll(SessionDocument document, IReadOnlyList<ChatMessage> messages) =>
        Instructions.AsMessage(document, messages).SelectMany(message => WriteElements(message, ConversionContext.SameFormat));

    protected override ChatOptions? ReadOptions(JsonFields root) => null;

    private static Block ReadContent(JsonValue item, ReadingContext context)
    {
        var fields = item.Fields;
        var text = fields["text"u8];
        var result = fields["result"u8];
        switch (fields["$type"u8].Text)
        {
            case "text" when text.IsString:
                return new Block(new TextContent(text.Text), BlockEdit.Text, text);
            case "reasoning" when text.IsString:
                var data = fields["protectedData"u8].Text;
                var edit = data is null ? BlockEdit.Text : BlockEdit.Signed;
                return new Block(new TextReasoningContent(text.Text) { ProtectedData = data }, edit, text);
            case "functionCall":
                var (name, arguments) = (fields["name"u8].Text ?? "", fields["arguments"u8]);
                var call = new FunctionCallContent(context.CallId(fields["callId"u8].Text, name), name, CallArguments.FromValue(arguments));
                return new Block(call, arguments.Exists ? BlockEdit.Arguments : BlockEdit.Fixed, arguments);
            case "functionResult":
                object? value = result.Text ?? (result.Exists && !result.IsNull ? JsonElements.Copy(result.Bytes) : (object?)null);
                var answered = context.ResultId(fields["callId"u8].Text, null);
                return new Block(new FunctionResultContent(answered, value), BlockEdit.Result, result);
            case "error" when fields["message"u8] is { IsString: true } message:
                return new Block(new ErrorContent(message.Text) { ErrorCode = fields["errorCode"u8].Text }, BlockEdit.Text, message);
            case "data" or "uri" when Media(fields) is { } media:
                return new Block(media, BlockEdit.Whole, default);
            case "hostedFile" when fields["fileId"u8].Text is { Length: > 0 } id:
                return new Block(new HostedFileContent(id), BlockEdit.Whole, default);
            default:
                return new Block(MediaContents.Opaque(item), BlockEdit.Whole, item);
        }
    }

    private static AIContent? Media(JsonFields fields) =>
        MediaContents.FromUri(fields["uri"u8].Text, fields["mediaType"u8].Text ?? "application/octet-stream");

    private static void WriteContent(Utf8JsonWriter writer, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                writer.Object(() => Typed(writer, "text", "text", text.Text));
                break;
            case TextReasoningContent reasoning:
                writer.Object(() =>
                {
                    Typed(writer, "reasoning", "text", reasoning.Text);
                    writer.Text("protectedData", reasoning.ProtectedData);
                });
                break;
            case FunctionCallContent call:
                writer.Object(() =>
                {
                    Typed(writer, "functionCall", "callId", call.CallId);
                    writer.Text("name", call.Name);
                    writer.Raw("arguments", CallArguments.ToObject(call.Arguments));
                });
                break;
            case FunctionResultContent result:
                writer.Object(() =>
                {
                    Typed(writer, "functionResult", "callId", result.CallId);
                    writer.Raw("result", result.Result is IEnumerable<AIContent>
                        ? JsonStrings.Encode(ContentText.OfResult(result.Result))
                        : JsonBuilder.Value(result.Result));
                });
                break;
            case { RawRepresentation: JsonElement { ValueKind: JsonValueKind.Object } raw } when content.GetType() == typeof(AIContent):
                writer.WriteRawValue(raw.GetRawText());
                break;
            default:
                JsonSerializer.Serialize(writer, content, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent)));
                break;
        }
    }

    private static void Typed(Utf8JsonWriter writer, string type, string name, string value)
    {
        writer.Text("$type", type);
        writer.Text(name, value);
    }
}
