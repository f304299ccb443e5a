using System.Text;
using System.Text.Json;

namespace Strata.Formats.Jsonl;

internal static class ResultText
{
    /// <summary>A tool result that is no list of contents as the text that a model reads.</summary>
    public static string Of(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.Text(),
        _ => Encoding.UTF8.GetString(JsonOutput.Write(writer => JsonOutput.Value(writer, result))),
    };
}
