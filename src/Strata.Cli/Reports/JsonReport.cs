using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Strata.Archives;
using Strata.Models;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Cli.Reports;

/// <summary>What programs read: one JSON object, keys in camelCase, enums as words.</summary>
[JsonSerializable(typeof(CompactReport))]
[JsonSerializable(typeof(PlanReport))]
[JsonSerializable(typeof(CountReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(RecallReport))]
[JsonSerializable(typeof(ModelsReport))]
[JsonSerializable(typeof(RankReport))]
[JsonSerializable(typeof(SessionsReport))]
[JsonSerializable(typeof(ClientSessionsReport))]
[JsonSerializable(typeof(ReceiptsReport))]
[JsonSerializable(typeof(SearchReport))]
[JsonSerializable(typeof(UndoReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(PruneReport))]
internal sealed partial class JsonReport : JsonSerializerContext
{
    // Session text is full of quotes and letters of every script; JSON needs none of them escaped, and this is no web page.
    public static JsonReport Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<CompactionOutcome>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ModelMatchKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<GroupKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<GroupAction>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Importance>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<FindingSeverity>(JsonNamingPolicy.CamelCase),
        },
    });

    public static void Write<T>(TextWriter writer, T value, JsonTypeInfo<T> type) =>
        writer.WriteLine(JsonSerializer.Serialize(value, type));
}
