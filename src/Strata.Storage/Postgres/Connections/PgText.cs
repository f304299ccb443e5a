using System.Buffers;
using System.Globalization;
using System.Text;

namespace Strata.Storage.Postgres.Connections;

/// <summary>
/// Any .NET text as text that PostgreSQL takes: it knows no NUL and no lone surrogate. What holds neither, nor a backslash, stays as it is.
/// </summary>
internal static class PgText
{
    private static readonly SearchValues<char> Special =
        SearchValues.Create(['\\', '\0', .. Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)]);

    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
            return text;
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                escaped.Append(text[i]).Append(text[++i]);
            else if (text[i] is '\\')
                escaped.Append(@"\\");
            else if (text[i] is '\0' || char.IsSurrogate(text[i]))
                escaped.Append(CultureInfo.InvariantCulture, $"\\{(int)text[i]:x4}");
            else
                escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
                plain.Append(text[i]);
            else if (text[i + 1] == '\\')
                plain.Append(text[++i]);
            else
            {
                plain.Append((char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
        }

        return plain.ToString();
    }

    public static string? EscapeOrNull(string? text) => text is null ? null : Escape(text);
}
