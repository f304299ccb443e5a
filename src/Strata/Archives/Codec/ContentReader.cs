using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Archives.Codec;

/// <summary>Reads one content of an archived message.</summary>
internal static class ContentReader
{
    private static readonly FrozenDictionary<string, Type> Types = typeof(AIContent).Assembly.GetExportedTypes()
        .Where(type => type.IsAssignableTo(typeof(AIContent)) && !type.IsAbstract)
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public static AIContent Read(JsonElement json)
    {
        if (Text(json, Names.Kind) is { } kind)
            return Other(kind, json);
        var content = Known(json);
        content.AdditionalProperties = MessageReader.Properties(json);
        if (json.TryGetProperty(Names.Annotations, out var annotations))
            content.Annotations =
                (IList<AIAnnotation>?)annotations.Deserialize(AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<AIAnnotation>)));
        return content;
    }

    private static AIContent Known(JsonElement json)
    {
        if (Text(json, Names.Text) is { } text)
            return new TextContent(text);
        if (Text(json, Names.Reasoning) is { } reasoning)
            return new TextReasoningContent(reasoning) { ProtectedData = Text(json, Names.Protected) };
        if (Text(json, Names.Call) is { } call)
            return new FunctionCallContent(call, Text(json, Names.Name) ?? "",
                Arguments(json)) { InformationalOnly = json.TryGetProperty(Names.Informational, out _) };
        if (Text(json, Names.Result) is { } result)
            return new FunctionResultContent(result, Result(json));
        if (json.TryGetProperty(Names.Data, out var data))
            return new DataContent(data.GetBytesFromBase64(), Text(json, Names.MediaType)!) { Name = Text(json, Names.Name) };
        return Text(json, Names.Uri) is { } uri
            ? new UriContent(new Uri(uri, UriKind.RelativeOrAbsolute), Text(json, Names.MediaType)!)
            : throw new FormatException("a content is of no kind");
    }

    private static Dictionary<string, object?>? Arguments(JsonElement json)
    {
        if (json.TryGetProperty(Names.Arguments, out var plain))
            return ValueReader.Map(plain, ValueReader.Plain);
        return json.TryGetProperty(Names.Tagged, out var tagged) ? ValueReader.Map(tagged, ValueReader.Tagged) : null;
    }

    private static object? Result(JsonElement json)
    {
        if (json.TryGetProperty(Names.Value, out var plain))
            return ValueReader.Plain(plain);
        if (json.TryGetProperty(Names.Contents, out var contents))
            return MessageReader.ReadContents(contents);
        if (json.TryGetProperty(Names.Content, out var content))
            return Read(content);
        return json.TryGetProperty(Names.Tagged, out var tagged) ? ValueReader.Tagged(tagged) : null;
    }

    private static AIContent Other(string kind, JsonElement json)
    {
        var raw = json.TryGetProperty(Names.Raw, out var element) ? element : (JsonElement?)null;
        var canonical = json.TryGetProperty(Names.Json, out var value) ? value.GetRawText() : Text(json, Names.Said);
        if (kind == nameof(AIContent) && raw is { } opaque)
            return new AIContent { RawRepresentation = opaque };
        var typed = value.ValueKind == JsonValueKind.Undefined ? null : Typed(kind, value);
        if (typed is not null && raw is { } own)
            typed.RawRepresentation = own;
        else if (typed is not null && JsonText.Of(typed) != canonical)
            typed = null;
        return typed ?? new ForeignContent(kind, raw?.GetRawText() ?? canonical ?? "");
    }

    private static AIContent? Typed(string kind, JsonElement json)
    {
        if (!Types.TryGetValue(kind, out var type))
            return null;
        try
        {
            return (AIContent?)json.Deserialize(AIJsonUtilities.DefaultOptions.GetTypeInfo(type));
        }
        catch (Exception e) when (JsonText.CannotBeWritten(e))
        {
            return null;
        }
    }

    private static string? Text(JsonElement owner, string name) => MessageReader.Text(owner, name);
}
