using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Secrets;

/// <summary>Puts placeholders in the places of secrets in what a model reads of a message. Ids, names of tools and media stay.</summary>
internal static class MessageRedactor
{
    /// <summary>A copy without secrets, with as many contents of the same kinds; the same instance where it holds none.</summary>
    public static ChatMessage Redact(ChatMessage message)
    {
        AIContent[]? contents = null;
        for (var i = 0; i < message.Contents.Count; i++)
        {
            var clean = Redact(message.Contents[i]);
            if (!ReferenceEquals(clean, message.Contents[i]))
                (contents ??= [.. message.Contents])[i] = clean;
        }

        if (contents is null)
            return message;
        var copy = message.Clone();
        copy.Contents = contents;
        return copy;
    }

    private static AIContent Redact(AIContent content) => content switch
    {
        TextContent text => Text(text.Text) is { } clean ? new TextContent(clean) : content,
        TextReasoningContent reasoning => Text(reasoning.Text) is { } clean ? new TextReasoningContent(clean) : content,
        FunctionCallContent call => Arguments(call),
        FunctionResultContent result => Result(result),
        ErrorContent error => Text(error.Message) is { } clean ? new ErrorContent(clean) { ErrorCode = error.ErrorCode } : content,
        _ => MessageText.Of(content) is { } other && Text(other) is { } clean ? new TextContent(clean) : content,
    };

    private static FunctionCallContent Arguments(FunctionCallContent call)
    {
        if (call.Arguments is not { Count: > 0 } arguments)
            return call;
        Dictionary<string, object?>? clean = null;
        foreach (var (name, value) in arguments)
        {
            if (value is not null && Value(name, value) is { } redacted)
                (clean ??= new Dictionary<string, object?>(arguments, StringComparer.Ordinal))[name] = redacted;
        }

        return clean is null ? call : new FunctionCallContent(call.CallId, call.Name, clean) { Exception = call.Exception };
    }

    private static FunctionResultContent Result(FunctionResultContent result)
    {
        var clean = result.Result switch
        {
            null => null,
            AIContent content => Redact(content) is var one && ReferenceEquals(one, content) ? null : one,
            IEnumerable<AIContent> contents => contents.ToList() is var list && list.ConvertAll(Redact) is var redacted
                && !redacted.SequenceEqual(list, ReferenceEqualityComparer.Instance) ? redacted : null,
            _ => Value(null, result.Result),
        };
        return clean is null ? result : new FunctionResultContent(result.CallId, clean) { Exception = result.Exception };
    }

    /// <summary>The value without secrets; null where it holds none.</summary>
    private static object? Value(string? name, object value)
    {
        if (value is string or JsonElement { ValueKind: JsonValueKind.String })
        {
            var text = value as string ?? JsonText.StringOf((JsonElement)value);
            var clean = SecretRedactor.RedactNamed(name, text, out var count);
            return count == 0 ? null : clean;
        }

        if (value is not JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array } and (bool or IConvertible or JsonElement))
            return null;
        var json = JsonText.Of(value);
        var document = DocumentRedactor.Redact(Encoding.UTF8.GetBytes(json), out var found);
        return found == 0 ? null : Parsed(document) ?? (object)SecretRedactor.Redact(json);
    }

    private static JsonElement? Parsed(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text without secrets; null where it holds none.</summary>
    private static string? Text(string text)
    {
        var clean = SecretRedactor.Redact(text, out var count);
        return count == 0 ? null : clean;
    }
}
