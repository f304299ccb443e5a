using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Strata.Ranking.Rated;

/// <summary>
/// Finds ratings in what a model answered: a JSON array of numbers or objects, an object by document number, or lines such as "3: 7/10".
/// </summary>
internal static partial class RatingReader
{
    private static readonly string[] Numbers = ["document", "doc", "number", "id", "index"];
    private static readonly string[] Ratings = ["rating", "score", "relevance", "value"];

    /// <summary>A rating from 0 to 10 for each document; null where there is none, or none in that range.</summary>
    public static double?[] Read(string answer, int count)
    {
        var ratings = new double?[count];
        if (!ReadJson(answer, ratings))
            ReadLines(answer, ratings);
        return ratings;
    }

    private static bool ReadJson(string answer, double?[] ratings)
    {
        foreach (var (open, close) in new[] { ('[', ']'), ('{', '}') })
        {
            var (from, to) = (answer.IndexOf(open, StringComparison.Ordinal), answer.LastIndexOf(close));
            if (from < 0 || to < from)
                continue;
            try
            {
                using var json =
                    JsonDocument.Parse(answer.AsMemory(from, to + 1 - from), new JsonDocumentOptions { AllowTrailingCommas = true });
                Read(json.RootElement, ratings);
            }
            catch (JsonException)
            {
                // Prose with brackets in it.
            }

            if (Array.Exists(ratings, rating => rating is not null))
                return true;
        }

        return false;
    }

    private static void Read(JsonElement json, double?[] ratings)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            var place = 0;
            foreach (var element in json.EnumerateArray())
            {
                place++;
                if (element.ValueKind == JsonValueKind.Object)
                    Set(ratings, Number(element, Numbers) ?? place, Number(element, Ratings));
                // Numbers alone say nothing when there are more or fewer of them.
                else if (json.GetArrayLength() == ratings.Length)
                    Set(ratings, place, Number(element));
            }
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                if (Number(property.Name) is { } number)
                    Set(ratings, number, Number(property.Value));
                else if (property.Value.ValueKind == JsonValueKind.Array)
                    Read(property.Value, ratings);
            }

            Set(ratings, Number(json, Numbers) ?? double.NaN, Number(json, Ratings));
        }
    }

    private static void ReadLines(string answer, double?[] ratings)
    {
        foreach (Match line in Line().Matches(answer))
            Set(ratings, Number(line.Groups["document"].Value) ?? double.NaN, Number(line.Groups["rating"].Value));
        if (ratings.Length == 1 && ratings[0] is null && Alone().Match(answer) is { Success: true } alone)
            Set(ratings, 1, Number(alone.Groups["rating"].Value));
    }

    private static void Set(double?[] ratings, double document, double? rating)
    {
        var place = document - 1;
        // The first one: a model that goes on talking repeats itself.
        if (rating is >= 0 and <= 10 && place >= 0 && place < ratings.Length && double.IsInteger(place))
            ratings[(int)place] ??= rating;
    }

    private static double? Number(JsonElement element, string[] names)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (names.Contains(property.Name, StringComparer.OrdinalIgnoreCase) && Number(property.Value) is { } number)
                return number;
        }

        return null;
    }

    private static double? Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => Number(Share().Replace(element.GetString()!, "")),
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^[ \t>*#\-(\[]{0,8}(?:document|doc\.?)?[ \t]{0,4}[#*\[(]{0,4}(?<document>\d{1,4})[\])*]{0,4}[ \t]{0,4}[:.)=\-–—"
        + @"|][^\d\n]{0,40}(?<rating>\d{1,3}(?:\.\d{1,4})?)(?![\d%])",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<![\d.])(?<rating>\d{1,2}(?:\.\d{1,4})?)(?:[ ]{0,2}/[ ]{0,2}10)?(?![\d%])", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Alone();

    [GeneratedRegex(@"[ ]{0,2}/[ ]{0,2}10[ ]{0,2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Share();
}
