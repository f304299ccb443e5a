using System.Globalization;
using System.Text.Json;

namespace Strata.Models;

/// <summary>Reads the prices of a model row, in USD per million tokens.</summary>
internal static class PriceReader
{
    private const string Known = "input, output, cacheRead, cacheWrite, cacheWrite1h, cacheWrite12h";

    /// <summary><c>{"input":…,"output":…}</c></summary>
    public static ModelPrices Prices(ref Utf8JsonReader reader) => Row(ref reader).Prices;

    /// <summary><c>[{"above":TOKENS,"input":…,"output":…}]</c>; null when the array is empty.</summary>
    public static LongPromptPrices? Tiers(ref Utf8JsonReader reader)
    {
        LongPromptPrices? tier = null;
        Expect(ref reader, JsonTokenType.StartArray, "expected an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (tier is not null)
                throw new FormatException("one tier for long prompts is supported.");
            var (above, _, prices) = Row(ref reader);
            tier = new(
                above ?? throw new FormatException("a tier has no \"above\"."), prices.Input, prices.Output, prices.CacheRead,
                prices.CacheWrite)
            {
                CacheWrite1h = prices.CacheWrite1h,
            };
        }

        return tier;
    }

    /// <summary><c>{"fast":{"input":…,"output":…}, …}</c></summary>
    public static IReadOnlyDictionary<string, ModelPrices> Modes(ref Utf8JsonReader reader)
    {
        var modes = new Dictionary<string, ModelPrices>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject, "expected an object of modes.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            modes[name] = Row(ref reader).Prices;
        }

        return modes;
    }

    /// <summary><c>[{"from":"2027-01-01","input":…,"output":…}, …]</c>, oldest first.</summary>
    public static IReadOnlyList<ScheduledPrices> Scheduled(ref Utf8JsonReader reader)
    {
        var changes = new List<ScheduledPrices>();
        Expect(ref reader, JsonTokenType.StartArray, "expected an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (_, from, prices) = Row(ref reader);
            changes.Add(new(from ?? throw new FormatException("a scheduled price has no \"from\"."), prices));
        }

        return [.. changes.OrderBy(change => change.From)];
    }

    private static (int? Above, DateOnly? From, ModelPrices Prices) Row(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "expected an object with input and output prices.");
        int? above = null;
        DateOnly? from = null;
        decimal? input = null, output = null, read = null, write = null, write1h = null, write12h = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "above": above = ModelFile.Positive(ref reader); break;
                case "from": from = Day(reader.GetString()); break;
                case "input": input = Price(ref reader); break;
                case "output": output = Price(ref reader); break;
                case "cacheRead": read = Price(ref reader); break;
                case "cacheWrite": write = Price(ref reader); break;
                case "cacheWrite1h": write1h = Price(ref reader); break;
                case "cacheWrite12h": write12h = Price(ref reader); break;
                default: throw new FormatException($"unknown price '{name}'; known are {Known}.");
            }
        }

        var prices = new ModelPrices(
            input ?? throw new FormatException("no input price."), output ?? throw new FormatException("no output price."), read, write)
        {
            CacheWrite1h = write1h,
            CacheWrite12h = write12h,
        };
        return (above, from, prices);
    }

    private static decimal Price(ref Utf8JsonReader reader) =>
        reader.GetDecimal() is >= 0 and var price ? price : throw new FormatException("a price is not negative.");

    private static DateOnly Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new FormatException($"'{text}' is no day; write it as 2027-01-31.");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType kind, string otherwise)
    {
        if (reader.TokenType != kind)
            throw new FormatException(otherwise);
    }
}
