using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Strata.Cli.Mcp;

/// <summary>Answers to calls.</summary>
internal static class ToolResults
{
    /// <summary>UTF-16 chars that one answer may have: about what clients take (25 000 tokens) before they cut.</summary>
    public const int MostChars = 100_000;

    // A model reads this: escapes of letters of other scripts would cost it tokens.
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    public static CallToolResult Of(JsonObject answer) => Of(answer.ToJsonString(Json));

    public static CallToolResult Of(params IReadOnlyList<string> texts) =>
        new() { Content = [.. texts.Select(text => new TextContentBlock { Text = text })] };

    public static CallToolResult Failed(string message) => new() { Content = [new TextContentBlock { Text = message }], IsError = true };
}
