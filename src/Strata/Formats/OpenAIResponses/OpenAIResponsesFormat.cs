using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.OpenAIResponses;

/// <summary>
/// OpenAI Responses: a list of items, a request body with <c>input</c> (a list, or one string), or the <c>output</c> of a response.
/// </summary>
internal sealed class OpenAIResponsesFormat : BodyFormat
{
    private static readonly string[] ItemTypes =
    [
        "=function_call", "=function_call_output", "=custom_tool_call", "=custom_tool_call_output", "=message", "=reasoning", "=input_text",
        "=output_text", "=input_image", "=local_shell_call", "=computer_call", "=web_search_call", "=item_reference", "=mcp_call",
    ];

    public override string Name => "openai-responses";

    protected override string[] ListNames { get; } = ["input", "output"];

    internal override ReasoningVendor? SignedBy => ReasoningVendor.OpenAI;

    protected override bool AllowsString => true;

    protected override double Score(BodyEvidence evidence)
    {
        if (evidence.Has("/messages["))
            return 0;
        if (evidence.IsList)
            return evidence.Has("*type\"") && evidence.Has(ItemTypes) ? 0.92 : 0;
        if (evidence.Has("/input[", "/output["))
            return evidence.Has("*role\"") || evidence.Has(ItemTypes) ? 0.95 : 0.2;
        return !evidence.Has("/model") ? 0
            : evidence.Has("/input") ? 0.5
            : evidence.Has("/instructions", "/previous_response_id", "/max_output_tokens") ? 0.4 : 0;
    }

    internal override ElementParts ReadElement(JsonValue element, ReadingContext context) => element.IsString
        ? new ElementParts(ChatRole.User, [new Block(new TextContent(element.Text), BlockEdit.Text, element)])
        : ResponseItemReader.Read(element, context);

    internal override IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context) =>
        ResponseItemWriter.Write(message, context);

    internal override byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context) =>
        JsonBuilder.Build(writer => ResponseItemWriter.WritePart(writer, content, role));

    internal override IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages)
    {
        if (document.Model is { } model)
            yield return ("model", JsonStrings.Encode(model));
        if (document.Options?.Instructions is { Length: > 0 } instructions)
            yield return ("instructions", JsonStrings.Encode(instructions));
        if (ToolDeclaration.WriteAll(document.Options, ResponseItemWriter.WriteTool) is { } tools)
            yield return ("tools", tools);
    }

    protected override ChatOptions? ReadOptions(JsonFields root) =>
        BodyOptions.Create(root["instructions"u8].Text, ToolDeclaration.ReadAll(root["tools"u8]), root["max_output_tokens"u8]);
}
