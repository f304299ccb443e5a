using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Strata.Models;

namespace Strata.Cli.Output;

/// <summary>What programs read: one JSON object, keys in camelCase, enums as words.</summary>
[JsonSerializable(typeof(CompactReport))]
internal sealed partial class JsonOutput : JsonSerializerContext
{
    // Session text is full of quotes and letters of every script; JSON needs none of them escaped, and this is no web page.
    public static JsonOutput Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<CompactionOutcome>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<ModelMatchKind>(JsonNamingPolicy.CamelCase) },
    });

    public static void Write<T>(TextWriter writer, T value, JsonTypeInfo<T> type) => writer.WriteLine(JsonSerializer.Serialize(value, type));
}
