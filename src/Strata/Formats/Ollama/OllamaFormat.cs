using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.Ollama;

/// <summary>Ollama's chat API: a request body, or its bare list of messages.</summary>
internal sealed class OllamaFormat : BodyFormat
{
    public override string Name => "ollama";

    protected override string[] ListNames { get; } = ["messages"];

    protected override double Score(BodyEvidence evidence)
    {
        if (!evidence.Has("/messages[") && !(evidence.IsList && evidence.Has("*role\"")))
            return 0;
        return evidence.Has("*tool_name\"", "*images[", "/options{", "/keep_alive\"", "/keep_alive ", "/think ", "/think\"", "num_ctx ")
            || (evidence.Has("*tool_calls[") && evidence.Has("arguments{")) ? 0.95 : 0.1;
    }

    internal override ElementParts ReadElement(JsonValue element, ReadingContext context) => OllamaReader.Read(element.Fields, context);

    internal override IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context) =>
        OllamaWriter.Write(message, context);

    internal override byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context) => null;

    internal override IReadOnlyList<ChatMessage> Arrange(IEnumerable<ChatMessage> messages, SessionDocument document) =>
        ToolPairs.Arrange(Instructions.AsMessage(document, messages));

    internal override ConversionContext ContextFor(SessionDocument source, IReadOnlyList<ChatMessage> messages) =>
        new(KeepsReasoningOf(source), ToolNames(messages));

    internal override IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages)
    {
        if (document.Model is { } model)
            yield return ("model", JsonStrings.Encode(model));
        if (ToolDeclaration.WriteAll(document.Options, ToolDeclaration.WriteFunction) is { } tools)
            yield return ("tools", tools);
    }

    protected override ChatOptions? ReadOptions(JsonFields root) =>
        BodyOptions.Create(null, ToolDeclaration.ReadAll(root["tools"u8]), root["options"u8].Field("num_predict"u8));

    private static Dictionary<string, string> ToolNames(IReadOnlyList<ChatMessage> messages)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var call in messages.SelectMany(static message => message.Contents.OfType<FunctionCallContent>()))
            names[call.CallId] = call.Name;
        return names;
    }
}
