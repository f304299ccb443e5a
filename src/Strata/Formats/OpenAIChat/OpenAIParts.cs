using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.OpenAIChat;

/// <summary>The content parts of OpenAI's two APIs, whose names differ and whose meanings do not.</summary>
internal static class OpenAIParts
{
    public static Block Read(JsonValue list, JsonValue part)
    {
        if (part.IsString)
            return new Block(new TextContent(part.Text), BlockEdit.Text, part).In(list, part);
        var fields = part.Fields;
        var text = fields["text"u8];
        var block = fields["type"u8].Text switch
        {
            "text" or "input_text" or "output_text" or "summary_text" or "reasoning_text" when text.IsString =>
                new Block(new TextContent(text.Text), BlockEdit.Text, text),
            "refusal" when fields["refusal"u8] is { IsString: true } refusal =>
                new Block(new ErrorContent(refusal.Text) { ErrorCode = "Refusal" }, BlockEdit.Text, refusal),
            "image_url" or "input_image" or "computer_screenshot" => Media(Image(fields)),
            "input_audio" => Media(Audio(fields["input_audio"u8].Fields)),
            "file" => Media(File(fields["file"u8].Fields)),
            "input_file" => Media(File(fields)),
            _ => null,
        };
        return (block ?? new Block(MediaContents.Opaque(part), BlockEdit.Whole, part)).In(list, part);
    }

    /// <summary>A string, or a list of parts, as blocks; nothing for null and the empty string.</summary>
    public static IEnumerable<Block> ReadContent(JsonValue content, ReadingContext context)
    {
        if (content.IsString)
            return content.End - content.Start > 2 ? [new Block(new TextContent(content.Text), BlockEdit.Text, content)] : [];
        if (content.IsArray)
            return content.Items.Select(part => Read(content, part));
        if (!content.Exists || content.IsNull)
            return [];
        context.Report(".content", $"The content is {content.Kind}; kept as it is.");
        return [new Block(MediaContents.Opaque(content), BlockEdit.Whole, content)];
    }

    /// <summary>A tool result: its text where it is nothing but text, else its parts.</summary>
    public static Block ReadResult(string callId, JsonValue content)
    {
        var parts = content.Items.ConvertAll(part => Read(content, part));
        object? result = content switch
        {
            { IsString: true } => content.Text,
            { IsArray: true } when parts.TrueForAll(static part => part.Content is TextContent) =>
                string.Join('\n', parts.Select(static part => ((TextContent)part.Content).Text)),
            { IsArray: true } => parts.ConvertAll(static part => part.Content),
            { Exists: false } or { IsNull: true } => null,
            _ => JsonElements.Copy(content.Bytes),
        };
        return new Block(new FunctionResultContent(callId, result), BlockEdit.Result, content) { Parts = parts };
    }

    private static Block? Media(AIContent? content) => content is null ? null : new Block(content, BlockEdit.Whole, default);

    private static AIContent? Image(JsonFields fields)
    {
        var image = fields["image_url"u8];
        var content = MediaContents.FromUri(image.IsObject ? image.Field("url"u8).Text : image.Text, "image/*") ?? FileId(fields);
        // Under the key that the OpenAI adapter of Microsoft.Extensions.AI uses.
        if (content is not null && ((image.IsObject ? image.Field("detail"u8) : fields["detail"u8]).TextIs("low"u8)))
            content.AdditionalProperties = new() { ["detail"] = "low" };
        return content;
    }

    private static AIContent? Audio(JsonFields audio) =>
        MediaContents.FromBase64(
            audio["data"u8].Text, string.Create(CultureInfo.InvariantCulture, $"audio/{audio["format"u8].Text ?? "wav"}"));

    private static AIContent? File(JsonFields file)
    {
        var content = MediaContents.FromUri(file["file_data"u8].Text, "application/octet-stream")
            ?? MediaContents.FromUri(file["file_url"u8].Text, "application/octet-stream")
            ?? MediaContents.FromBase64(file["file_data"u8].Text, "application/octet-stream");
        if (content is DataContent data)
            data.Name = file["filename"u8].Text;
        return content ?? FileId(file);
    }

    private static HostedFileContent? FileId(JsonFields file) =>
        file["file_id"u8].Text is { Length: > 0 } id ? new HostedFileContent(id) { Name = file["filename"u8].Text } : null;
}
