using System.Text.Json;

namespace Strata.Models;

/// <summary>Reads model rows: <c>{"source":…,"models":[{"id":…,"context":…}, …]}</c>, or the bare array.</summary>
internal static class ModelFile
{
    private const string Known =
        "id, provider, name, family, released, context, input, output, usdPerMTok, tiers, modes, scheduled, tools, "
        + "reasoning, thinkingBoundToPrefix, tokenizer, framing";

    public static List<ModelInfo> Read(ReadOnlySpan<byte> json, string source)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        var reader =
            new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var place = new Place();
        try
        {
            reader.Read();
            var models = reader.TokenType == JsonTokenType.StartArray ? Rows(ref reader, source, place) : File(ref reader, source, place);
            reader.Read();
            return models;
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not valid JSON, line {(e.LineNumber ?? 0) + 1}: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException)
        {
            var line = json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
            throw new FormatException(
                $"{place} (line {line}): {(e is FormatException ? e.Message : "a value of another kind was expected.")}", e);
        }
    }

    /// <summary>One row of an embedded file.</summary>
    public static ModelInfo ReadRow(ReadOnlySpan<byte> json, string source)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Row(ref reader, source, new Place());
    }

    private static List<ModelInfo> File(ref Utf8JsonReader reader, string source, Place place)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("expected an object with \"models\", or an array of models.");

        List<ModelInfo>? models = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("source"u8))
            {
                reader.Read();
                source = reader.GetString() ?? source;
            }
            else if (reader.ValueTextEquals("models"u8))
            {
                reader.Read();
                models = Rows(ref reader, source, place);
            }
            else
            {
                reader.Skip();
            }
        }

        return models ?? throw new FormatException("there is no \"models\".");
    }

    private static List<ModelInfo> Rows(ref Utf8JsonReader reader, string source, Place place)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("\"models\" is not an array.");
        var models = new List<ModelInfo>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            (place.Row, place.Property) = (models.Count, null);
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException("a model is an object.");
            models.Add(Row(ref reader, source, place));
        }

        (place.Row, place.Property) = (-1, null);
        return models;
    }

    private static ModelInfo Row(ref Utf8JsonReader reader, string source, Place place)
    {
        string? id = null, provider = null, family = null, released = null, tokenizer = null, framing = null;
        int? window = null, input = null, output = null;
        bool? tools = null, reasoning = null, bound = null;
        ModelPrices? prices = null;
        LongPromptPrices? longPrompt = null;
        IReadOnlyDictionary<string, ModelPrices>? modes = null;
        IReadOnlyList<ScheduledPrices>? scheduled = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var property = place.Property = reader.GetString()!;
            reader.Read();
            switch (property)
            {
                case "id": id = reader.GetString(); break;
                case "provider": provider = reader.GetString(); break;
                case "name": reader.GetString(); break;
                case "family": family = Pooled(reader.GetString()); break;
                case "released": released = reader.GetString(); break;
                case "context": window = Positive(ref reader); break;
                case "input": input = Positive(ref reader); break;
                case "output": output = Positive(ref reader); break;
                case "usdPerMTok": prices = PriceReader.Prices(ref reader); break;
                case "tiers": longPrompt = PriceReader.Tiers(ref reader); break;
                case "modes": modes = PriceReader.Modes(ref reader); break;
                case "scheduled": scheduled = PriceReader.Scheduled(ref reader); break;
                case "tools": tools = reader.GetBoolean(); break;
                case "reasoning": reasoning = reader.GetBoolean(); break;
                case "thinkingBoundToPrefix": bound = reader.GetBoolean(); break;
                case "tokenizer": tokenizer = reader.GetString(); break;
                case "framing": framing = reader.GetString(); break;
                default: throw new FormatException($"unknown property; known are {Known}.");
            }
        }

        place.Property = null;
        if (string.IsNullOrWhiteSpace(id))
            throw new FormatException("the model has no \"id\".");
        if (prices is null && (longPrompt ?? modes ?? (object?)scheduled) is not null)
            throw new FormatException($"{id} has \"tiers\", \"modes\" or \"scheduled\" and no \"usdPerMTok\".");
        var model = new ModelInfo
        {
            Id = id,
            Provider = Pooled(provider),
            Family = family,
            Window = window ?? throw new FormatException($"{id} has no \"context\": its window in tokens."),
            InputLimit = input,
            OutputLimit = output,
            Prices =
                prices is null ? null : prices with { LongPrompt = longPrompt, Modes = modes ?? prices.Modes, Scheduled = scheduled ?? [] },
            Source = source,
            Released = released,
            Tools = tools,
            Reasoning = reasoning,
            ThinkingBoundToPrefix = bound,
        };
        if (tokenizer is not null && Tokens.TokenCounters.Find(tokenizer) is null)
            throw Unknown("tokenizer", tokenizer, Tokens.TokenCounters.Names);
        if (framing is not null && Tokens.RequestFraming.Find(framing) is null)
            throw Unknown("framing", framing, ["openai", "anthropic", "google", "chat-template", "none"]);
        model = tokenizer is null ? model : model with { Tokenizer = tokenizer };
        return framing is null ? model : model with { Framing = framing };
    }

    private static string? Pooled(string? text) => text is null ? null : string.Intern(text);

    private static FormatException Unknown(string what, string value, IEnumerable<string> known) =>
        new($"'{value}' is no {what} known here; known are {string.Join(", ", known)}.");

    /// <summary>A number of tokens.</summary>
    public static int Positive(ref Utf8JsonReader reader) =>
        reader.GetInt32() is > 0 and var value ? value : throw new FormatException("a number of tokens is at least 1.");

    private sealed class Place
    {
        public int Row { get; set; } = -1;

        public string? Property { get; set; }

        public override string ToString() => (Row, Property) switch
        {
            (< 0, _) => "$",
            (_, null) => FormattableString.Invariant($"$.models[{Row}]"),
            _ => FormattableString.Invariant($"$.models[{Row}].{Property}"),
        };
    }
}
