using System.Globalization;
using System.Text.Json;

namespace Strata.Formats.Json;

/// <summary>Strict checking of JSON and positions for people.</summary>
internal static class JsonSyntax
{
    /// <summary>The first syntax error in <paramref name="json"/>, which must hold exactly one value; null when there is none.</summary>
    /// <returns>What is wrong, and the byte offset of it.</returns>
    public static (string Message, int Offset)? FindError(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            var line = e.LineNumber ?? 0;
            var start = 0;
            for (; line > 0; line--)
                start += json[start..].IndexOf((byte)'\n') + 1;
            var text = e.Message.AsSpan();
            var place = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return (text[..(place < 0 ? text.Length : place)].ToString(), Math.Min(json.Length, start + (int)(e.BytePositionInLine ?? 0)));
        }
    }

    /// <summary><c>line:column</c>, both from 1, the column in bytes.</summary>
    public static string Place(ReadOnlySpan<byte> json, int offset)
    {
        var before = json[..Math.Min(offset, json.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = before.Length - before.LastIndexOf((byte)'\n');
        return string.Create(CultureInfo.InvariantCulture, $"{line}:{column}");
    }
}
