using System.Text.Json;
using Strata.Transcripts;

namespace Strata.Conversations.Recalling;

/// <summary>A text among the arguments of a call, however a model or a serializer wrote it.</summary>
internal static class ArgumentText
{
    /// <summary>The value of that name, else the only one; null when there is no text.</summary>
    public static string? Of(IEnumerable<KeyValuePair<string, object?>>? arguments, string name)
    {
        var all = arguments?.ToList() ?? [];
        var value = all.Find(argument => string.Equals(argument.Key, name, StringComparison.OrdinalIgnoreCase)).Value
            ?? (all is [var only] ? only.Value : null);
        return value switch
        {
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } json => JsonText.StringOf(json),
            _ => null,
        };
    }
}
