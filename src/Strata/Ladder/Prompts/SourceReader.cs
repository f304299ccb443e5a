using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Reducing;
using Strata.Reducing.Shortening;
using Strata.Secrets;
using Strata.Text;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Ladder.Prompts;

/// <summary>
/// Reads groups into what a summarizer is shown: in the order of the conversation, without thinking, media and secrets, tool results
/// reduced.
/// </summary>
/// <remarks>Secrets go first, before anything is cut: half a key is not known for one.</remarks>
internal sealed class SourceReader
{
    private readonly List<SourceItem> _items = [];
    private readonly Dictionary<string, FunctionCallContent> _calls = new(StringComparer.Ordinal);
    private readonly int _maxResultTokens;
    private readonly ITokenCounter _counter;

    private SourceReader(int maxResultTokens, ITokenCounter counter) =>
        (_maxResultTokens, _counter) = (Math.Max(maxResultTokens, ContentShortener.MinTokens), counter);

    /// <param name="groups">Groups of one transcript.</param>
    /// <param name="maxResultTokens">The most tokens of one tool result, or of one text by a harness; fewer than
    /// <see cref="ContentShortener.MinTokens"/> count as these.</param>
    /// <param name="counter">What counts them.</param>
    public static IReadOnlyList<SourceItem> Read(IEnumerable<MessageGroup> groups, int maxResultTokens, ITokenCounter counter)
    {
        var reader = new SourceReader(maxResultTokens, counter);
        var messages = groups.SelectMany(group =>
            group.Messages.Select((message, i) => (group.Kind, Index: group.MessageIndexes[i], Message: message)));
        foreach (var (kind, _, message) in messages.OrderBy(one => one.Index))
            reader.Add(kind, message);
        return reader._items;
    }

    /// <summary>A summary of a lower level as an item.</summary>
    public static SourceItem OfSummary(string text) =>
        new(SourceVoice.Summary, null, SecretRedactor.Redact(SummaryHeader.BodyOf(text).Trim()));

    private void Add(GroupKind kind, ChatMessage message)
    {
        if (kind == GroupKind.Summary)
        {
            if (OfSummary(MessageText.Of(message)) is { Text.Length: > 0 } summary)
                _items.Add(summary);
            return;
        }

        foreach (var content in message.Contents)
            Add(kind, message.Role, content);
    }

    private void Add(GroupKind kind, ChatRole role, AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent or UsageContent:
                break;
            case TextContent text when kind == GroupKind.User:
                AddUser(text.Text);
                break;
            case TextContent text when role == ChatRole.Assistant:
                Add(SourceVoice.Assistant, null, SecretRedactor.Redact(text.Text));
                break;
            case TextContent text:
                AddCut(role == ChatRole.Tool ? SourceVoice.ToolResult : SourceVoice.Injected, role.Value, text.Text);
                break;
            case FunctionCallContent call:
                _calls[call.CallId] = call;
                Add(SourceVoice.ToolCall, null, CallLine.Of(call));
                break;
            case FunctionResultContent result:
                AddResult(result);
                break;
            case DataContent or UriContent:
                Add(Speaker(role), null, MediaLine(content));
                break;
            default:
                if (MessageText.Of(content) is { } other)
                    AddCut(SourceVoice.ToolResult, content is ErrorContent ? "error" : null, other);
                break;
        }
    }

    private void AddUser(string text)
    {
        foreach (var (isInjected, part) in InjectedText.Parts(text))
        {
            if (isInjected)
                AddCut(SourceVoice.Injected, null, part);
            else
                Add(SourceVoice.User, null, SecretRedactor.Redact(part));
        }
    }

    private void AddResult(FunctionResultContent result)
    {
        _calls.TryGetValue(result.CallId, out var call);
        var text = TextOf(result);
        if (string.IsNullOrWhiteSpace(text))
            text = result.Exception is { } exception ? $"error: {exception.Message}" : "(no output)";
        var redacted = SecretRedactor.Redact(text.Trim());
        var handle = ContentHandle.HandleOf(result);
        var shorter = OutputShortener.Shorten(ToolOutput.Of(redacted, call), _maxResultTokens, _counter, handle);

        // A handle in the source would be told in the summary, where it recalls what nobody asked for.
        if (!ReferenceEquals(shorter, redacted))
            shorter = shorter.Replace($"; recall {handle}]", "]", StringComparison.Ordinal);
        Add(SourceVoice.ToolResult, call?.Name, shorter);
    }

    private void AddCut(SourceVoice kind, string? label, string text)
    {
        text = SecretRedactor.Redact(text.Trim());
        if (_counter.CountUpTo(text, _maxResultTokens) > _maxResultTokens)
            text = MiddleCut.Of(text, _maxResultTokens, _counter);
        Add(kind, label, text);
    }

    private void Add(SourceVoice kind, string? label, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            _items.Add(new SourceItem(kind, label, text.Trim()));
    }

    private static SourceVoice Speaker(ChatRole role) =>
        role == ChatRole.User ? SourceVoice.User : role == ChatRole.Assistant ? SourceVoice.Assistant : SourceVoice.ToolResult;

    private static string TextOf(FunctionResultContent result) => result.Result switch
    {
        DataContent or UriContent => MediaLine((AIContent)result.Result),
        IEnumerable<AIContent> contents =>
            string.Join(
                '\n', contents.Select(content =>
                    content is DataContent or UriContent ? MediaLine(content) : MessageText.Of(content) ?? "")),
        _ => MessageText.OfResult(result.Result),
    };

    private static string MediaLine(AIContent content) => content is DataContent data
        ? string.Create(CultureInfo.InvariantCulture,
            $"[{data.MediaType}{(data.Name is { } name ? $" {OneLine.Of(name, 80)}" : "")}, {data.Data.Length:N0} bytes]")
        : $"[{((UriContent)content).MediaType} at {OneLine.Of(SecretRedactor.Redact(((UriContent)content).Uri.OriginalString), 200)}]";
}
