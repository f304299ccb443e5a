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
        catch (Exception e) when (e is NotSupportedException or JsonException)
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
        catch (Exception e) when (e is NotSupportedException or JsonException)
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

    private static string Unserializable(object value) => $"({value.GetType().FullName})";
}
