using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>A tool as a session declares it: known, counted, never called.</summary>
internal sealed class ToolDeclaration(string name, string? description, JsonElement schema) : AIFunctionDeclaration
{
    private static readonly Dictionary<string, object?> Deferred = new(StringComparer.Ordinal) { ["defer_loading"] = true };

    private bool _isDeferred;

    public override string Name => name;

    public override string Description => description ?? "";

    public override JsonElement JsonSchema => schema;

    /// <summary>Says of a deferred tool that it is, until it was found.</summary>
    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _isDeferred ? Deferred : base.AdditionalProperties;

    /// <summary>
    /// Reads the vendors' spellings of a tool; one with no parameters of its own (a tool that the vendor runs) has its declaration as
    /// schema.
    /// </summary>
    public static ToolDeclaration? Read(JsonValue tool)
    {
        var function = tool.Field("function"u8) is { IsObject: true } nested ? nested
            : tool.Field("custom"u8) is { IsObject: true } custom ? custom : tool;
        var fields = function.Fields;
        if ((fields["name"u8].Text ?? fields["type"u8].Text) is not { } name)
            return null;
        var schema = fields["parameters"u8] is { IsObject: true } parameters ? parameters
            : fields["input_schema"u8] is { IsObject: true } input ? input : function;
        return new ToolDeclaration(name, fields["description"u8].Text, JsonElements.Copy(schema.Bytes))
        {
            _isDeferred = fields["defer_loading"u8].Bytes.SequenceEqual("true"u8),
        };
    }

    public static List<AITool>? ReadAll(params ReadOnlySpan<JsonValue> lists)
    {
        List<AITool>? tools = null;
        foreach (var list in lists)
        {
            foreach (var item in list.Items.SelectMany(Flatten))
            {
                if (Read(item) is { } tool)
                    (tools ??= []).Add(tool);
            }
        }

        return tools;
    }

    /// <summary>Takes the tools that the messages found, by a reference or by a call, as declared.</summary>
    /// <param name="tools">What was read.</param>
    /// <param name="messages">The list of messages as it stands in the body.</param>
    public static List<AITool>? WithFound(List<AITool>? tools, JsonValue messages)
    {
        foreach (var tool in tools?.OfType<ToolDeclaration>().Where(tool => tool._isDeferred) ?? [])
            tool._isDeferred = !messages.Exists || messages.Bytes.IndexOf(JsonStrings.Encode(tool.Name)) < 0;
        return tools;
    }

    // The tools of a namespace are sent with it, each with its own description and parameters.
    private static IEnumerable<JsonValue> Flatten(JsonValue tool) =>
        tool.Field("type"u8).TextIs("namespace"u8) && tool.Field("tools"u8) is { IsArray: true } inner
            ? inner.Items.SelectMany(Flatten)
            : [tool];

    /// <summary>The declared tools as a list; null when there are none.</summary>
    public static byte[]? WriteAll(ChatOptions? options, Action<Utf8JsonWriter, AIFunctionDeclaration> write)
    {
        var tools = options?.Tools?.OfType<AIFunctionDeclaration>().ToList();
        return tools is not { Count: > 0 } ? null : JsonBuilder.Build(writer =>
        {
            writer.WriteStartArray();
            tools.ForEach(tool => writer.Object(() => write(writer, tool)));
            writer.WriteEndArray();
        });
    }

    /// <summary>As OpenAI Chat Completions and Ollama declare it.</summary>
    public static void WriteFunction(Utf8JsonWriter writer, AIFunctionDeclaration tool)
    {
        writer.Text("type", "function");
        writer.Object("function", () =>
        {
            writer.Text("name", tool.Name);
            writer.Text("description", tool.Description);
            writer.Raw("parameters", JsonElements.Raw(tool.JsonSchema));
        });
    }
}
