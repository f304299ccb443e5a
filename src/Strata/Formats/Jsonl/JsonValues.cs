using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Strata.Formats.Jsonl;

/// <summary>Members of JSON objects as agents write them: absent, of another type or of broken text without an exception.</summary>
internal static class JsonValues
{
    public static JsonElement? Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    public static JsonElement? Object(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static JsonElement? Array(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } value ? value : null;

    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.Text() : null;

    /// <summary>A whole number from 0 on; 0 where there is none.</summary>
    public static int Amount(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? Math.Max(number, 0) : 0;

    public static bool IsTrue(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.True };

    public static bool Is(this JsonElement element, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value && Equals(value, text);

    // Half a surrogate pair cannot be compared, and is in no text that is asked for.
    private static bool Equals(JsonElement value, ReadOnlySpan<byte> text)
    {
        try
        {
            return value.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The string, where a lone surrogate stays one and bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Text(this JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)));
        }
    }

    /// <summary>
    /// The members as arguments of a call; a value that is no object becomes the only argument, under <see cref="LoneArgument"/>.
    /// </summary>
    public static Dictionary<string, object?>? Arguments(this JsonElement? input)
    {
        if (input is not { } value || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        var held = value.Clone();
        if (held.ValueKind != JsonValueKind.Object)
            return new(StringComparer.Ordinal) { [LoneArgument] = held.ValueKind == JsonValueKind.String ? held.Text() : held };
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in held.EnumerateObject())
            arguments[Name(member)] = member.Value;
        return arguments;
    }

    /// <summary>Under what name a call's argument stands that is text or another value instead of an object.</summary>
    public const string LoneArgument = "input";

    public static DateTimeOffset? Time(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out var milliseconds) && milliseconds is > 0 and < 253_402_300_800_000
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }

        return value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(
                value.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Unescape($"\"{Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member))}\"");
        }
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return text.ToString();
    }
}
