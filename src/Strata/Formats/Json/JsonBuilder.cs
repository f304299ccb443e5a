using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>Builds compact JSON.</summary>
internal static class JsonBuilder
{
    private static readonly JsonSerializerOptions Values = new(AIJsonUtilities.DefaultOptions)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = false,
    };

    public static byte[] Build(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            write(writer);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Any value that a message may hold: text as it is, lone surrogates included, and elements in their own bytes.</summary>
    public static byte[] Value(object? value) => value switch
    {
        string text => JsonStrings.Encode(text),
        JsonElement { ValueKind: not JsonValueKind.Undefined } element => System.Text.Encoding.UTF8.GetBytes(element.GetRawText()),
        _ => Serialize(value),
    };

    public static byte[] Serialize(object? value) => JsonSerializer.SerializeToUtf8Bytes(value, Values);

    /// <summary>Writes text as it is, lone surrogates included.</summary>
    public static void Text(this Utf8JsonWriter writer, string text) =>
        writer.WriteRawValue(JsonStrings.Encode(text), skipInputValidation: true);

    public static void Text(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is null)
            return;
        writer.WritePropertyName(name);
        writer.Text(text);
    }

    public static void Raw(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    public static void Object(this Utf8JsonWriter writer, Action write)
    {
        writer.WriteStartObject();
        write();
        writer.WriteEndObject();
    }

    public static void Object(this Utf8JsonWriter writer, string name, Action write)
    {
        writer.WritePropertyName(name);
        writer.Object(write);
    }

    public static void List(this Utf8JsonWriter writer, string name, Action write)
    {
        writer.WritePropertyName(name);
        writer.WriteStartArray();
        write();
        writer.WriteEndArray();
    }
}
