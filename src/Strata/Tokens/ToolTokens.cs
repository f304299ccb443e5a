using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Tokens;

/// <summary>Counts the declaration of a tool.</summary>
internal static class ToolTokens
{
    // The constants of the OpenAI cookbook ("How to count tokens with tiktoken", tool calls) for a function's parameters.
    private const int PerObject = 3;
    private const int PerProperty = 3;
    private const int PerEnum = -3;
    private const int PerEnumValue = 3;

    /// <summary>The key of a tool's additional properties under which it says that it is deferred, spelled as Anthropic does.</summary>
    internal const string DeferLoading = "defer_loading";

    public static int Count(ITokenCounter counter, RequestFraming framing, AITool tool)
    {
        // A tool that the model has to search for is not in the prompt before it was found.
        if (tool.AdditionalProperties.TryGetValue(DeferLoading, out var isDeferred) && isDeferred is true)
            return 0;
        var tokens = framing.PerTool + counter.Count(tool.Name) + counter.Count(tool.Description);
        if (tool is not AIFunctionDeclaration function || function.JsonSchema.ValueKind != JsonValueKind.Object)
            return tokens;
        // A tool without parameters of its own (one with a grammar, one that the vendor runs) is told by its declaration.
        var isSchema = function.JsonSchema.TryGetProperty("properties", out _) || !function.JsonSchema.TryGetProperty("name", out _);
        return framing.ToolsAsTypes && isSchema ? tokens + Types(counter, function.JsonSchema, 0)
            : isSchema ? tokens + JsonTokens.Count(counter, function.JsonSchema)
            : framing.PerTool + JsonTokens.Count(counter, function.JsonSchema);
    }

    /// <summary>
    /// The cookbook counts one level of properties; objects inside objects and arrays are counted the same way, down to a sane depth.
    /// </summary>
    private static int Types(ITokenCounter counter, JsonElement schema, int depth)
    {
        if (depth > 16 || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return 0;

        var tokens = 0;
        foreach (var property in properties.EnumerateObject())
        {
            tokens += (tokens == 0 ? PerObject : 0) + PerProperty;
            var value = property.Value;
            if (value.ValueKind != JsonValueKind.Object)
                continue;
            if (value.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array)
            {
                tokens += PerEnum;
                foreach (var item in values.EnumerateArray())
                    tokens += PerEnumValue + Text(counter, item);
            }

            tokens += counter.Count($"{property.Name}:{TextOf(value, "type")}:{TextOf(value, "description").TrimEnd('.')}")
                + Types(counter, value, depth + 1);
            if (value.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object)
                tokens += Types(counter, items, depth + 1);
        }

        return tokens;
    }

    private static int Text(ITokenCounter counter, JsonElement value) =>
        counter.Count(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());

    private static string TextOf(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())
            : "";
}
