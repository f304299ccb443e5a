using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Benchmarks;

/// <summary>Whether the messages that compaction left alone stand in the written file with the bytes they had.</summary>
internal static partial class UntouchedLines
{
    /// <summary>
    /// The first place that is not there any more; null when all are. Links to the line before may be new, for that line may be gone.
    /// </summary>
    public static string? FirstLost(SessionDocument document, byte[] before, IReadOnlyList<OutgoingMessage> outgoing, byte[] after)
    {
        var kept =
            outgoing.Where(message => message.SourceIndex >= 0 && ReferenceEquals(message.Message, document.Messages[message.SourceIndex]));
        var places = kept.Select(message => document.PlaceOf(message.SourceIndex));
        if (document.Messages.Count == 0)
            return null;
        return document.PlaceOf(0).StartsWith("line ", StringComparison.Ordinal)
            ? FirstLostLine(places, Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(after))
            : FirstLostElement(places, before, Encoding.UTF8.GetString(after));
    }

    private static string? FirstLostLine(IEnumerable<string> places, string before, string after)
    {
        var source = before.Split('\n');
        var written = after.Split('\n').Select(WithoutLinks).ToHashSet(StringComparer.Ordinal);
        return places.FirstOrDefault(place => !written.Contains(WithoutLinks(source[Number(place) - 1])));
    }

    private static string? FirstLostElement(IEnumerable<string> places, byte[] before, string after)
    {
        using var document = JsonDocument.Parse(before);
        var position = 0;
        foreach (var place in places)
        {
            var list = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement
                : document.RootElement.GetProperty(place.Split('[')[0]);
            var element = list[Number(place)].GetRawText();
            position = after.IndexOf(element, position, StringComparison.Ordinal);
            if (position < 0)
                return place;
            position += element.Length;
        }

        return null;
    }

    private static int Number(string place) =>
        int.Parse(place.AsSpan(place.IndexOfAny([' ', '[']) + 1).TrimEnd(']'), CultureInfo.InvariantCulture);

    private static string WithoutLinks(string line) => LinkPattern().Replace(line, "");

    [GeneratedRegex("""(?<!\\)"(?:parentUuid|logicalParentUuid|parentId|leafUuid)"\s*:\s*(?:"[^"\\]*"|null)""", RegexOptions.None,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LinkPattern();
}
