using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;
using Strata.Transcripts;

namespace Strata.Formats.Anthropic;

/// <summary>Anthropic Messages: a request body, or its bare list of messages.</summary>
internal sealed class AnthropicFormat : BodyFormat
{
    private const string ThinkingOff =
        "The newest tool loop lost the thinking that it began with, so thinking is set to disabled for this call; set it back for the next "
            + "turn.";

    // The API demands the field; a body that comes from elsewhere may not say.
    private const int DefaultMaxTokens = 4096;

    public override string Name => "anthropic";

    protected override string[] ListNames { get; } = ["messages"];

    internal override ReasoningVendor? SignedBy => ReasoningVendor.Anthropic;

    internal override string EmptyText => "[content removed]";

    protected override double Score(BodyEvidence evidence)
    {
        var isVendor = evidence.Has("=tool_use", "=tool_result", "=thinking", "=redacted_thinking", "=server_tool_use", "cache_control{",
            "input_schema{", "=base64")
            || evidence.Has("/system", "/anthropic_version", "/stop_sequences", "/anthropic_beta");
        var isOther = evidence.Has("*tool_calls[", "*tool_call_id\"");
        if (evidence.Has("/messages[") || (evidence.IsList && evidence.Has("*role\"")))
            return !isVendor ? 0.1 : isOther ? 0.6 : 0.95;
        return evidence.IsObject && isVendor && evidence.Has("/max_tokens", "/system", "/anthropic_version") ? 0.45 : 0;
    }

    internal override ElementParts ReadElement(JsonValue element, ReadingContext context) => AnthropicReader.Read(element.Fields, context);

    internal override IEnumerable<byte[]> WriteElements(ChatMessage message, ConversionContext context) =>
        AnthropicWriter.Write(message, context);

    internal override byte[]? WritePart(AIContent content, ChatRole role, ConversionContext context) =>
        JsonBuilder.Build(writer => AnthropicWriter.WritePart(writer, content, context));

    internal override IReadOnlyList<OutgoingMessage> Complete(BodyDocument document, IReadOnlyList<OutgoingMessage> messages) =>
        messages.Count > 0 && messages[0].Message.Role == ChatRole.Assistant && document.Messages[0].Role != ChatRole.Assistant
            ? [new OutgoingMessage(AnthropicWriter.Opening(), -1), .. messages]
            : messages;

    /// <summary>
    /// With thinking of the type <c>enabled</c> the vendor wants the newest tool loop to begin with it. Where a rewrite had to take that
    /// away, this one call goes without thinking.
    /// </summary>
    internal override RootEdit? EditRoot(BodyDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        var thinking = document.Body.Root.Field("thinking"u8);
        if (!thinking.Field("type"u8).TextIs("enabled"u8))
            return null;
        var lost = LoopHead(document.Messages) is { } before && BeginsWithThinking(before)
            && LoopHead([.. messages.Select(static message => message.Message)]) is { } after && !BeginsWithThinking(after);
        return lost ? new RootEdit(thinking, "{\"type\":\"disabled\"}"u8.ToArray(), ThinkingOff) : null;
    }

    // The first answer since the user's newest words, where results wait for the next one.
    private static ChatMessage? LoopHead(IReadOnlyList<ChatMessage> messages) =>
        messages is [.., { Role: var last }] && last == ChatRole.Tool
        ? messages.Reverse().TakeWhile(static message => message.Role != ChatRole.User)
            .LastOrDefault(static message => message.Role == ChatRole.Assistant)
        : null;

    private static bool BeginsWithThinking(ChatMessage message) => message.Contents is [var first, ..] && SignedReasoning.Is(first);

    internal override IReadOnlyList<ChatMessage> Arrange(IEnumerable<ChatMessage> messages, SessionDocument document)
    {
        var context = new ConversionContext(KeepsReasoningOf(document));
        var arranged = AnthropicIds.Accept(ToolPairs.Arrange(messages.SkipWhile(static message => message.Role == ChatRole.System)))
            .Where(message => AnthropicWriter.Write(message, context).Any()).ToList();
        return arranged is [{ } first, ..] && first.Role == ChatRole.Assistant ? [AnthropicWriter.Opening(), .. arranged] : arranged;
    }

    internal override IEnumerable<(string Name, byte[] Value)> WriteHead(SessionDocument document, IReadOnlyList<ChatMessage> messages)
    {
        if (document.Model is { } model)
            yield return ("model", JsonStrings.Encode(model));
        yield return ("max_tokens",
            Encoding.UTF8.GetBytes((document.Options?.MaxOutputTokens ?? DefaultMaxTokens).ToString(CultureInfo.InvariantCulture)));
        var system = Instructions.AsMessage(document, messages).TakeWhile(static message => message.Role == ChatRole.System)
            .Select(static message => message.Text).ToList();
        if (system.Count > 0)
            yield return ("system", JsonStrings.Encode(string.Join("\n\n", system)));
        if (ToolDeclaration.WriteAll(document.Options, AnthropicWriter.WriteTool) is { } tools)
            yield return ("tools", tools);
    }

    protected override ChatOptions? ReadOptions(JsonFields root)
    {
        var system = root["system"u8];
        var instructions = system.Text
            ?? (system.Items.Select(static block => block.Field("text"u8).Text).OfType<string>().ToList() is { Count: > 0 } texts
                ? string.Join("\n\n", texts) : null);
        return BodyOptions.Create(
            instructions, ToolDeclaration.WithFound(ToolDeclaration.ReadAll(root["tools"u8]), root["messages"u8]), root["max_tokens"u8]);
    }
}
