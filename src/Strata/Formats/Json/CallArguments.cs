using System.Text;
using System.Text.Json;

namespace Strata.Formats.Json;

/// <summary>The arguments of a tool call, to and from JSON.</summary>
internal static class CallArguments
{
    /// <summary>The key under which arguments that are not a JSON object, or not JSON at all, are kept as their raw string.</summary>
    public const string RawKey = "$raw";

    /// <summary>From JSON text that may be broken; null when there is none.</summary>
    public static Dictionary<string, object?>? FromText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var json = JsonStrings.Sanitize(Encoding.UTF8.GetBytes(text));
        return JsonElements.TryParse(json) is { ValueKind: JsonValueKind.Object } arguments ? FromObject(arguments) : Raw(text);
    }

    public static Dictionary<string, object?>? FromValue(JsonValue value)
    {
        if (!value.Exists || value.IsNull)
            return null;
        if (value.IsString)
            return FromText(value.Text);
        return JsonElements.Copy(value.Bytes) is { ValueKind: JsonValueKind.Object } arguments
            ? FromObject(arguments)
            : Raw(Encoding.UTF8.GetString(value.Bytes));
    }

    public static Dictionary<string, object?> Raw(string text) => new(StringComparer.Ordinal) { [RawKey] = text };

    /// <summary>The raw string of arguments that are nothing else; null for all others.</summary>
    public static string? RawText(IDictionary<string, object?>? arguments) =>
        arguments is { Count: 1 } && arguments.TryGetValue(RawKey, out var raw)
            ? raw as string ?? (raw is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : null)
            : null;

    /// <summary>As a JSON object; raw ones as an object with <see cref="RawKey"/>.</summary>
    public static byte[] ToObject(IDictionary<string, object?>? arguments) =>
        JsonBuilder.Build(writer => writer.Object(() =>
        {
            foreach (var (name, value) in arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))
                writer.Raw(name, JsonBuilder.Value(value));
        }));

    /// <summary>As the text that vendors send in a string: raw ones as they were.</summary>
    public static string ToText(IDictionary<string, object?>? arguments) =>
        RawText(arguments) ?? Encoding.UTF8.GetString(ToObject(arguments));

    private static Dictionary<string, object?> FromObject(JsonElement arguments)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in arguments.EnumerateObject())
            result[property.Name] = property.Value;
        return result;
    }
}
