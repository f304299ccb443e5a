using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Archives.Codec;

/// <summary>Writes one message.</summary>
internal sealed class MessageWriter(JsonSink sink, MessageScrubber scrubber)
{
    private readonly ValueWriter _values = new(sink, scrubber);

    public void Write(ChatMessage message) => sink.Object(() =>
    {
        Text(Names.Role, message.Role.Value);
        Text(Names.Author, message.AuthorName);
        Text(Names.Id, message.MessageId);
        Text(Names.At, message.CreatedAt?.ToString("O", CultureInfo.InvariantCulture));
        sink.Name(Names.Contents);
        sink.List(() =>
        {
            foreach (var content in message.Contents)
                Write(content);
        });
        Properties(message.AdditionalProperties);
    });

    private void Write(AIContent content) => sink.Object(() =>
    {
        switch (content)
        {
            case TextContent text:
                Said(Names.Text, text.Text);
                break;
            case TextReasoningContent reasoning:
                Said(Names.Reasoning, reasoning.Text);
                Text(Names.Protected, reasoning.ProtectedData);
                break;
            case FunctionCallContent call:
                Text(Names.Call, call.CallId);
                Text(Names.Name, call.Name);
                if (call.InformationalOnly)
                    Text(Names.Informational, "");
                if (call.Arguments is { } arguments)
                    _values.Arguments(arguments);
                break;
            case FunctionResultContent result:
                Text(Names.Result, result.CallId);
                Result(result.Result);
                break;
            case DataContent data:
                sink.Name(Names.Data);
                sink.Base64(data.Data.Span);
                Text(Names.MediaType, data.MediaType);
                Text(Names.Name, data.Name);
                break;
            case UriContent uri:
                Said(Names.Uri, uri.Uri.OriginalString);
                Text(Names.MediaType, uri.MediaType);
                break;
            default:
                Other(content);
                return;
        }

        Annotations(content);
        Properties(content.AdditionalProperties);
    });

    private void Other(AIContent content)
    {
        var raw = content.RawRepresentation as JsonElement?;
        Text(Names.Kind, (content as ForeignContent)?.TypeName ?? content.GetType().Name);
        if (content is ForeignContent foreign)
            Canonical(foreign.Canonical);
        else if (raw is null || content.GetType() != typeof(AIContent))
            Canonical(JsonText.Of(content));
        if (raw is { } json && content is not ForeignContent)
        {
            sink.Name(Names.Raw);
            _values.Element(null, json);
        }
    }

    private void Canonical(string text)
    {
        if (Parse(text) is { } json)
        {
            sink.Name(Names.Json);
            _values.Element(null, json);
        }
        else
            Said(Names.Said, text);
    }

    private void Result(object? result)
    {
        IReadOnlyList<AIContent>? contents =
            result switch { AIContent one => [one], IEnumerable<AIContent> several => [.. several], _ => null };
        if (contents is null || !ComeBack(result!, contents))
        {
            if (result is not null)
                _values.Result(result);
            return;
        }

        sink.Name(result is AIContent ? Names.Content : Names.Contents);
        if (result is AIContent)
            Write(contents[0]);
        else
            sink.List(() =>
            {
                foreach (var content in contents)
                    Write(content);
            });
    }

    // Lists of contents are fingerprinted as the JSON that .NET makes of them: what would not make the same again is kept as that JSON.
    private static bool ComeBack(object result, IReadOnlyList<AIContent> contents)
    {
        if ((result is List<AIContent> || result.GetType() == typeof(AIContent[]))
            && contents.All(content =>
                content.GetType() == typeof(TextContent) && content is { AdditionalProperties: null, Annotations: null }))
            return true;
        var sink = new JsonSink();
        var writer = new MessageWriter(sink, new MessageScrubber(null));
        sink.List(() =>
        {
            foreach (var content in contents)
                writer.Write(content);
        });
        var copies = MessageReader.ReadContents(JsonElement.Parse(sink.Written.Span, MessageReader.Options));
        object copy = result is AIContent ? copies[0] : copies;
        return JsonText.Of(result) == JsonText.Of(copy);
    }

    private void Annotations(AIContent content)
    {
        if (content.Annotations is not { Count: > 0 } annotations || AsElement(annotations) is not { } json)
            return;
        sink.Name(Names.Annotations);
        _values.Element(null, json);
    }

    private void Properties(AdditionalPropertiesDictionary? properties)
    {
        if (properties is not { Count: > 0 })
            return;
        sink.Name(Names.Properties);
        sink.Object(() =>
        {
            foreach (var (name, value) in properties)
            {
                if (value is not (null or string or JsonElement) && AsElement(value) is null)
                    continue;
                sink.Name(name);
                _values.Plain(name, value);
            }
        });
    }

    private void Said(string name, string text)
    {
        sink.Name(name);
        sink.Text(scrubber.Scrub(null, text));
    }

    private void Text(string name, string? text)
    {
        if (text is null)
            return;
        sink.Name(name);
        sink.Text(text);
    }

    private static JsonElement? AsElement(object value)
    {
        try
        {
            return JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
        }
        catch (Exception e) when (JsonText.CannotBeWritten(e))
        {
            return null;
        }
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text, MessageReader.Options);
        }
        catch (Exception e) when (JsonText.CannotBeWritten(e))
        {
            return null;
        }
    }
}
