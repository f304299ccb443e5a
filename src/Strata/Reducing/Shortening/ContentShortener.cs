using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>
/// Makes one content smaller without a model: of a tool's output stays what its kind of output makes worth keeping, of any other text head
/// and tail; a line says how much was cut and by which handle it comes back.
/// </summary>
/// <remarks>
/// Contents are never changed; a smaller copy is returned, of the same kind and with the same call id and name. What is counted is
/// <see cref="MessageText.Of(AIContent)"/>. Reasoning that a provider signed stays as it is: a changed signature is refused.
/// </remarks>
public static class ContentShortener
{
    /// <summary>
    /// The fewest tokens to ask for; less counts as this. The shortest marker has at most 18 in o200k_base, and 27 where the largest ratio
    /// of an estimated tokenizer (1.495) is put on top.
    /// </summary>
    public const int MinTokens = 28;

    /// <summary>
    /// A copy of at most <paramref name="maxTokens"/> tokens, or the same instance when it fits, is signed reasoning, or has no text.
    /// Structured tool results become text; media become a line that says what they were, whatever the limit; long strings inside a call's
    /// arguments are shortened one by one, so the arguments stay an object.
    /// </summary>
    public static AIContent Shorten(AIContent content, int maxTokens, ITokenCounter counter) =>
        Shorten(content, maxTokens, counter, call: null);

    /// <param name="content">What is shortened.</param>
    /// <param name="maxTokens">The most tokens it may have.</param>
    /// <param name="counter">What counts them.</param>
    /// <param name="call">The call that a tool result answers, where it is known: what ran helps to tell what it printed.</param>
    internal static AIContent Shorten(AIContent content, int maxTokens, ITokenCounter counter, FunctionCallContent? call)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(counter);
        maxTokens = Math.Max(maxTokens, MinTokens);
        return content switch
        {
            TextContent text => Shortened(text.Text, text, maxTokens, counter) is { } shorter ? Copy(new TextContent(shorter), text) : text,
            TextReasoningContent { ProtectedData: not null } => content,
            TextReasoningContent thought =>
                Shortened(thought.Text, thought, maxTokens, counter) is { } shorter ? Copy(new TextReasoningContent(shorter), thought)
                    : thought,
            FunctionCallContent arguments => ArgumentShortener.Shorten(arguments, maxTokens, counter),
            FunctionResultContent result => ShortenResult(result, maxTokens, counter, call),
            ErrorContent error => Shortened(error.Message, error, maxTokens, counter) is { } shorter
                ? Copy(new ErrorContent(shorter) { ErrorCode = error.ErrorCode }, error)
                : error,
            DataContent or UriContent => Copy(new TextContent(MediaLine(content)), content),
            _ => content,
        };
    }

    private static FunctionResultContent ShortenResult(
        FunctionResultContent result, int maxTokens, ITokenCounter counter, FunctionCallContent? call)
    {
        var text = TextOf(result, out var hadMedia);
        var shorter = OutputShortener.Shorten(ToolOutput.Of(text, call), maxTokens, counter, ContentHandle.HandleOf(result));
        return ReferenceEquals(shorter, text) && !hadMedia ? result : WithText(result, shorter);
    }

    private static string? Shortened(string? text, AIContent content, int maxTokens, ITokenCounter counter)
    {
        if (text is null || counter.CountUpTo(text, maxTokens) <= maxTokens)
            return null;
        return TextShortener.Shorten(text, maxTokens, counter, ContentHandle.HandleOf(content));
    }

    private static string TextOf(FunctionResultContent result, out bool hadMedia)
    {
        hadMedia = false;
        if (result.Result is AIContent single)
            return ItemText(single, ref hadMedia);
        if (result.Result is not IEnumerable<AIContent> items)
            return MessageText.OfResult(result.Result);
        var lines = new List<string>();
        foreach (var item in items)
            lines.Add(ItemText(item, ref hadMedia));
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static string ItemText(AIContent item, ref bool hadMedia)
    {
        if (item is not (DataContent or UriContent))
            return MessageText.Of(item) ?? "";
        hadMedia = true;
        // The result's own marker carries the handle, and there must be one only.
        return item is DataContent data
            ? string.Create(CultureInfo.InvariantCulture, $"[{data.MediaType}, {data.Data.Length:N0} bytes cut]")
            : $"[{((UriContent)item).MediaType} cut]";
    }

    private static string MediaLine(AIContent content)
    {
        var handle = ContentHandle.HandleOf(content);
        return content is DataContent data
            ? CutMarker.Media(data.MediaType, data.Data.Length, handle)
            : CutMarker.Media(((UriContent)content).MediaType, null, handle);
    }

    private static FunctionResultContent WithText(FunctionResultContent result, string text) =>
        Copy(new FunctionResultContent(result.CallId, text) { Exception = result.Exception }, result);

    // The raw representation still holds what was cut, and some clients send it in place of the content.
    internal static T Copy<T>(T shorter, AIContent original)
        where T : AIContent
    {
        shorter.AdditionalProperties = original.AdditionalProperties?.Clone();
        return shorter;
    }
}
