using System.Text.Json;

namespace Strata.Models;

/// <summary>Reads model rows: <c>{"source":…,"models":[{"id":…,"context":…}, …]}</c>, or the bare array.</summary>
internal static class ModelFile
{
    private const string Known = "id, provider, name, family, released, context, input, output, usdPerMTok, tiers, tools, reasoning, tokenizer, framing";

    public static List<ModelInfo> Read(ReadOnlySpan<byte> json, string source)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
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
            throw new FormatException($"{place} (line {line}): {(e is FormatException ? e.Message : "a value of another kind was expected.")}", e);
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
        bool? tools = null, reasoning = null;
        ModelPrices? prices = null;
        LongPromptPrices? longPrompt = null;
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
                case "usdPerMTok": prices = Prices(ref reader); break;
                case "tiers": longPrompt = Tiers(ref reader); break;
                case "tools": tools = reader.GetBoolean(); break;
                case "reasoning": reasoning = reader.GetBoolean(); break;
                case "tokenizer": tokenizer = reader.GetString(); break;
                case "framing": framing = reader.GetString(); break;
                default: throw new FormatException($"unknown property; known are {Known}.");
            }
        }

        place.Property = null;
        if (string.IsNullOrWhiteSpace(id))
            throw new FormatException("the model has no \"id\".");
        var model = new ModelInfo
        {
            Id = id,
            Provider = Pooled(provider),
            Family = family,
            Window = window ?? throw new FormatException($"{id} has no \"context\": its window in tokens."),
            InputLimit = input,
            OutputLimit = output,
            Prices = longPrompt is null ? prices : (prices ?? throw new FormatException($"{id} has \"tiers\" and no \"usdPerMTok\".")) with { LongPrompt = longPrompt },
            Source = source,
            Released = released,
            Tools = tools,
            Reasoning = reasoning,
        };
        if (tokenizer is not null)
            model = model with { Tokenizer = Tokens.TokenCounters.Find(tokenizer) is null ? throw Unknown("tokenizer", tokenizer, Tokens.TokenCounters.Names) : tokenizer };
        if (framing is not null)
            model = model with { Framing = Tokens.RequestFraming.Find(framing) is null ? throw Unknown("framing", framing, ["openai", "anthropic", "google", "chat-template", "none"]) : framing };
        return model;
    }

    private static string? Pooled(string? text) => text is null ? null : string.Intern(text);

    private static FormatException Unknown(string what, string value, IEnumerable<string> known) =>
        new($"'{value}' is no {what} known here; known are {string.Join(", ", known)}.");

    private static int Positive(ref Utf8JsonReader reader) =>
        reader.GetInt32() is > 0 and var value ? value : throw new FormatException("a number of tokens is at least 1.");

    private static ModelPrices Prices(ref Utf8JsonReader reader)
    {
        var (_, input, output, read, write) = PriceRow(ref reader);
        return new(input, output, read, write);
    }

    private static LongPromptPrices? Tiers(ref Utf8JsonReader reader)
    {
        LongPromptPrices? tier = null;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("expected an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (tier is not null)
                throw new FormatException("one tier for long prompts is supported.");
            var (above, input, output, read, write) = PriceRow(ref reader);
            tier = new(above ?? throw new FormatException("a tier has no \"above\"."), input, output, read, write);
        }

        return tier;
    }

    private static (int? Above, decimal Input, decimal Output, decimal? CacheRead, decimal? CacheWrite) PriceRow(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("expected an object with input and output prices.");
        int? above = null;
        decimal? input = null, output = null, read = null, write = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "above": above = Positive(ref reader); break;
                case "input": input = Price(ref reader); break;
                case "output": output = Price(ref reader); break;
                case "cacheRead": read = Price(ref reader); break;
                case "cacheWrite": write = Price(ref reader); break;
                default: throw new FormatException($"unknown price '{name}'; known are input, output, cacheRead, cacheWrite.");
            }
        }

        return (above, input ?? throw new FormatException("no input price."), output ?? throw new FormatException("no output price."), read, write);
    }

    private static decimal Price(ref Utf8JsonReader reader) =>
        reader.GetDecimal() is >= 0 and var price ? price : throw new FormatException("a price is not negative.");

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
