using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.OpenAIChat;

/// <summary>OpenAI Chat Completions: a list of messages, <c>{"messages": …}</c>, or a whole request body.</summary>
internal sealed class OpenAIChatFormat : BodyFormat
{
    public override string Name => "openai-chat";

    protected override string[] ListNames { get; } = ["messages"];

    protected override double Score(BodyEvidence evidence)
    {
        if (!evidence.Has("/messages[") && !evidence.IsList)
            return evidence.IsObject && evidence.Has("/model") && evidence.Has("/tools", "/functions") ? 0.3 : 0;
        if (evidence.Has(
            "*tool_call_id\"", "*tool_calls[", "*function_call{", "=image_url", "=input_audio", "/functions[", "/max_completion_tokens "))
            return 0.9;
        return evidence.Has("*role\"") ? 0.7 : evidence.Has("/messages[") && !evidence.HasElements ? 0.3 : 0;
    }

    internal override ElementParts ReadElement(JsonValue element, ReadingContext context) => OpenAIChatReader.Read(element.Fields, context);

    internal override IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context) => OpenAIChatWriter.Write(message);

    internal override byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context) =>
        JsonBuilder.Build(writer => OpenAIChatWriter.WritePart(writer, content, role));

    internal override IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages)
    {
        if (document.Model is { } model)
            yield return ("model", JsonStrings.Encode(model));
        if (ToolDeclaration.WriteAll(document.Options, ToolDeclaration.WriteFunction) is { } tools)
            yield return ("tools", tools);
    }

    internal override IReadOnlyList<ChatMessage> Arrange(IEnumerable<ChatMessage> messages, SessionDocument document) =>
        ToolPairs.Arrange(Instructions.AsMessage(document, messages));

    protected override ChatOptions? ReadOptions(JsonFields root) =>
        BodyOptions.Create(
            null, ToolDeclaration.ReadAll(root["tools"u8], root["functions"u8]), root["max_completion_tokens"u8], root["max_tokens"u8]);
}
