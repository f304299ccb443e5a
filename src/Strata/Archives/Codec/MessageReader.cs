using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Archives.Codec;

/// <summary>Reads what <see cref="MessageWriter"/> wrote.</summary>
internal static class MessageReader
{
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = int.MaxValue };

    public static ChatMessage Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Read(JsonElement.Parse(json, Options));
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException)
        {
            throw new FormatException($"This is no archived message: {e.Message}", e);
        }
    }

    public static List<AIContent> ReadContents(JsonElement list)
    {
        var contents = new List<AIContent>(list.GetArrayLength());
        foreach (var content in list.EnumerateArray())
            contents.Add(ContentReader.Read(content));
        return contents;
    }

    public static AdditionalPropertiesDictionary? Properties(JsonElement owner)
    {
        if (!owner.TryGetProperty(Names.Properties, out var members))
            return null;
        var properties = new AdditionalPropertiesDictionary();
        foreach (var member in members.EnumerateObject())
            properties[MessageScrubber.NameOf(member)] = ValueReader.Plain(member.Value);
        return properties;
    }

    public static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var text) ? MessageScrubber.TextOf(text) : null;

    private static ChatMessage Read(JsonElement message) =>
        new(new ChatRole(Text(message, Names.Role) ?? throw new FormatException("it has no role")),
            ReadContents(message.GetProperty(Names.Contents)))
        {
            AuthorName = Text(message, Names.Author),
            MessageId = Text(message, Names.Id),
            CreatedAt = Text(message, Names.At) is { } at ? DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture) : null,
            AdditionalProperties = Properties(message),
        };
}
