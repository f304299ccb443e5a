using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tokens;

/// <summary>Counts what is sent: contents, framing, tools, instructions and media.</summary>
public sealed class MessageCounter
{
    private readonly RequestFraming _framing;

    /// <summary>Counts for one tokenizer and one vendor.</summary>
    /// <param name="text">Counts the text.</param>
    /// <param name="framing">What the vendor adds; null for <see cref="RequestFraming.OpenAI"/>.</param>
    public MessageCounter(ITokenCounter text, RequestFraming? framing = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        _framing = framing ?? RequestFraming.OpenAI;
    }

    public ITokenCounter Text { get; }

    public RequestFraming Framing => _framing;

    public MessageTokens Count(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Count(message, contents: []);
    }

    /// <summary>
    /// Counts a message and puts the tokens of each of its contents into <paramref name="contents"/>, unless that is empty.
    /// </summary>
    internal MessageTokens Count(ChatMessage message, Span<int> contents)
    {
        var results = 0;
        var sum = default(MessageTokens);
        for (var i = 0; i < message.Contents.Count; i++)
        {
            results += message.Contents[i] is ToolResultContent ? 1 : 0;
            var parts = CountParts(message.Contents[i], inResult: false);
            if (!contents.IsEmpty)
                contents[i] = parts.Total - parts.Framing;
            sum += parts;
        }

        var messages = _framing.ToolResultIsMessage ? Math.Max(1, results) : 1;
        var framing = messages * _framing.PerMessage;
        if (!string.IsNullOrEmpty(message.AuthorName) && _framing.PerName > 0)
            framing += _framing.PerName + Text.Count(message.AuthorName);
        return sum with { Framing = sum.Framing + framing };
    }

    /// <summary>
    /// Whether each part of a request is counted exactly: the tokenizer is the model's own, and nothing in it is counted by a rule, as
    /// pictures, encrypted content, the declarations of tools and what only the vendor understands are.
    /// </summary>
    /// <param name="messages">The messages of the request.</param>
    /// <param name="options">Its options; null without any.</param>
    public bool IsExact(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return Text.ErrorBand == 0
            && options is not ({ Tools.Count: > 0 } or { ResponseFormat: ChatResponseFormatJson { Schema: not null } })
            && messages.All(static message => message.Contents.All(IsText));
    }

    private static bool IsText(AIContent content) => content switch
    {
        TextContent or FunctionCallContent or UsageContent or ErrorContent => true,
        TextReasoningContent reasoning => reasoning.ProtectedData is null,
        FunctionResultContent { Result: AIContent one } => IsText(one),
        FunctionResultContent { Result: IEnumerable<AIContent> contents } => contents.All(IsText),
        FunctionResultContent => true,
        _ => false,
    };

    public int CountContent(AIContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return CountParts(content, inResult: false).Total;
    }

    /// <summary>What a request costs before its first message: the constant, instructions, tools and the response format.</summary>
    public int CountRequest(ChatOptions? options)
    {
        var tokens = _framing.PerRequest;
        if (options is null)
            return tokens;
        if (!string.IsNullOrEmpty(options.Instructions))
            tokens += _framing.PerMessage + Text.Count(options.Instructions);
        if (options.Tools is { Count: > 0 } tools)
        {
            tokens += _framing.PerToolRequest;
            foreach (var tool in tools)
                tokens += ToolTokens.Count(Text, _framing, tool);
        }

        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format)
            tokens += JsonTokens.Count(Text, schema) + Text.Count(format.SchemaName) + Text.Count(format.SchemaDescription);
        return tokens;
    }

    private MessageTokens CountParts(AIContent content, bool inResult) => content switch
    {
        TextContent text => InText(Text.Count(text.Text), inResult),
        TextReasoningContent reasoning => new(0, 0, 0, Reasoning(reasoning), 0, 0),
        FunctionCallContent call => new(0, Text.Count(call.Name) + Arguments(call.Arguments), 0, 0, 0, _framing.PerToolCall),
        FunctionResultContent result => Result(result.Result) + new MessageTokens(0, 0, 0, 0, 0, _framing.PerToolResult),
        DataContent data => Data(data, inResult),
        UriContent uri => Uri(uri, inResult),
        UsageContent => default,
        ErrorContent error => InText(Text.Count(error.Message), inResult),
        ToolCallContent call => new(0, JsonTokens.Count(Text, call), 0, 0, 0, _framing.PerToolCall),
        ToolResultContent result => new(0, 0, JsonTokens.Count(Text, result), 0, 0, _framing.PerToolResult),
        _ when content.RawRepresentation is JsonElement raw => Raw(raw, inResult),
        _ => InText(JsonTokens.Count(Text, content), inResult),
    };

    private static MessageTokens InText(int tokens, bool inResult) => inResult ? new(0, 0, tokens, 0, 0, 0) : new(tokens, 0, 0, 0, 0, 0);

    private MessageTokens Raw(JsonElement raw, bool inResult)
    {
        var (text, media) = RawTokens.Count(Text, _framing.Media, raw);
        return InText(text, inResult) + InMedia(media);
    }

    private static MessageTokens InMedia(int tokens) => new(0, 0, 0, 0, tokens, 0);

    /// <summary>The readable text may be only a summary of what the encrypted part holds, so the larger of the two counts.</summary>
    private int Reasoning(TextReasoningContent reasoning)
    {
        return Math.Max(Text.Count(reasoning.Text), RawTokens.Hidden(reasoning.ProtectedData?.Length ?? 0));
    }

    private int Arguments(IDictionary<string, object?>? arguments) =>
        arguments is { Count: > 0 } ? JsonTokens.Count(Text, arguments) : Text.Count("{}");

    private MessageTokens Result(object? result)
    {
        switch (result)
        {
            case null:
                return default;
            case string text:
                return InText(Text.Count(text), inResult: true);
            case JsonElement { ValueKind: JsonValueKind.String } element:
                return InText(Text.Count(JsonText.StringOf(element)), inResult: true);
            case AIContent content:
                return CountParts(content, inResult: true);
            case IEnumerable<AIContent> contents:
                var sum = default(MessageTokens);
                foreach (var content in contents)
                    sum += CountParts(content, inResult: true);
                return sum;
            default:
                return InText(JsonTokens.Count(Text, result), inResult: true);
        }
    }

    private MessageTokens Data(DataContent data, bool inResult)
    {
        var bytes = data.Data.Span;
        if (data.HasTopLevelMediaType("image"))
        {
            var size = ImageSize.Read(bytes);
            return InMedia(_framing.Media.Image(size?.Width, size?.Height, IsLowDetail(data)));
        }

        if (data.HasTopLevelMediaType("audio"))
            return InMedia(_framing.Media.Audio(MediaMeasure.AudioSeconds(bytes)));
        if (data.HasTopLevelMediaType("video"))
            return InMedia(_framing.Media.Video(MediaMeasure.VideoSeconds(bytes)));
        if (IsPdf(data.MediaType))
            return InMedia(_framing.Media.Pdf(MediaMeasure.PdfPages(bytes)));
        if (data.HasTopLevelMediaType("text") || data.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            return InText(Text.Count(bytes), inResult);
        return InMedia(Text.Count(data.Uri));
    }

    /// <summary>
    /// Nothing is known but the kind: an image costs the most an image can, a document is counted as one page, a recording as a minute.
    /// </summary>
    private MessageTokens Uri(UriContent uri, bool inResult)
    {
        const int minute = 60;
        if (uri.HasTopLevelMediaType("image"))
            return InMedia(_framing.Media.Image(null, null, IsLowDetail(uri)));
        if (uri.HasTopLevelMediaType("audio"))
            return InMedia(_framing.Media.Audio(minute));
        if (uri.HasTopLevelMediaType("video"))
            return InMedia(_framing.Media.Video(minute));
        return IsPdf(uri.MediaType) ? InMedia(_framing.Media.Pdf(1)) : InText(Text.Count(uri.Uri.OriginalString), inResult);
    }

    private static bool IsPdf(string mediaType) => string.Equals(mediaType, "application/pdf", StringComparison.OrdinalIgnoreCase);

    /// <summary>The key under which the OpenAI adapter of Microsoft.Extensions.AI reads the detail level.</summary>
    private static bool IsLowDetail(AIContent content) =>
        content.AdditionalProperties?.TryGetValue("detail", out var detail) is true
        && string.Equals(detail?.ToString(), "low", StringComparison.OrdinalIgnoreCase);
}
