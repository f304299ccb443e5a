using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>Values as the JSON a provider is sent, whatever a caller put into a result or an argument.</summary>
internal static class JsonText
{
    public static string Of(object value)
    {
        if (value is JsonElement element)
            return element.GetRawText();
        try
        {
            return JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
        }
        catch (Exception e) when (CannotBeWritten(e))
        {
            return Unserializable(value);
        }
    }

    public static JsonElement ToElement(object value)
    {
        try
        {
            return JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
        }
        catch (Exception e) when (CannotBeWritten(e))
        {
            return JsonSerializer.SerializeToElement(Unserializable(value));
        }
    }

    /// <summary>A JSON string's value; its raw text where it holds half a surrogate pair, which no string can.</summary>
    public static string StringOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();
        }
    }

    /// <summary>The members of an object by name; a name that holds half a surrogate pair stands as it was escaped.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> MembersOf(JsonElement element) =>
        element.EnumerateObject().Select(member => (NameOf(member), member.Value)).OrderBy(member => member.Item1, StringComparer.Ordinal);

    /// <summary>Whether an exception says that a value has no JSON: a cycle, a type without one, NaN, half a surrogate pair.</summary>
    public static bool CannotBeWritten(Exception e) =>
        e is NotSupportedException or JsonException or InvalidOperationException or ArgumentException;

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return member.ToString();
        }
    }

    // Members one by one, so that one that cannot be written does not hide the others.
    private static string Unserializable(object value) => value is IEnumerable<KeyValuePair<string, object?>> members
        ? string.Join(
            '\n', members.Select(member => $"{member.Key}: {(member.Value is null ? "null" : member.Value as string ?? Of(member.Value))}"))
        : FormattableString.Invariant($"{value}");
}
