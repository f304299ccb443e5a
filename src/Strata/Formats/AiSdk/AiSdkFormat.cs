using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.AiSdk;

/// <summary>ModelMessages of the Vercel AI SDK (CoreMessages of its version 4), bare or under <c>messages</c>.</summary>
internal sealed class AiSdkFormat : BodyFormat
{
    public override string Name => "ai-sdk";

    protected override string[] ListNames { get; } = ["messages"];

    protected override double Score(BodyEvidence evidence)
    {
        if (!evidence.Has("*role\"") || (!evidence.Has("/messages[") && !evidence.IsList))
            return 0;
        return evidence.Has("=tool-call", "=tool-result", "=tool-approval-request") ? 0.96
            : evidence.Has("=image", "=file", "=reasoning") && evidence.Has("*content[")
                && evidence.Has("mediaType\"", "providerOptions{") ? 0.92 : 0;
    }

    internal override ElementParts ReadElement(JsonValue element, ReadingContext context) => AiSdkReader.Read(element.Fields, context);

    internal override IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context) =>
        AiSdkWriter.Write(message, context);

    internal override byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context) =>
        JsonBuilder.Build(writer => AiSdkWriter.WritePart(writer, content, context));

    internal override IReadOnlyList<ChatMessage> Arrange(IEnumerable<ChatMessage> messages, SessionDocument document) =>
        ToolPairs.Arrange(Instructions.AsMessage(document, messages));

    internal override ConversionContext ContextFor(SessionDocument source, IReadOnlyList<ChatMessage> messages) =>
        new(KeepsReasoningOf(source), AiSdkWriter.ToolNames(messages));

    internal override IEnumerable<byte[]> WriteInserted(ChatMessage message, Insertion place) =>
        WriteElements(message, new ConversionContext(KeepsReasoning: true, AiSdkWriter.ToolNames([.. place.Document.Messages, message])));

    internal override IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages)
    {
        if (document.Model is { } model)
            yield return ("model", JsonStrings.Encode(model));
    }

    protected override ChatOptions? ReadOptions(JsonFields root) =>
        BodyOptions.Create(root["system"u8].Text, ToolDeclaration.ReadAll(root["tools"u8]));
}
