using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Strata.Cli.Mcp;

/// <summary>A tool that clients may call.</summary>
internal abstract class McpTool
{
    public abstract string Name { get; }

    public abstract string Title { get; }

    /// <summary>For the model that calls.</summary>
    public abstract string Description { get; }

    public abstract IReadOnlyList<ToolParameter> Parameters { get; }

    /// <summary>Whether a call changes nothing.</summary>
    public virtual bool IsReadOnly => true;

    /// <summary>
    /// Whether a client that defers tools should show it from the start, for whoever needs it does not know to look for it.
    /// </summary>
    public virtual bool IsAlwaysLoaded => false;

    public Tool Definition() => new()
    {
        // Claude Code's own mark.
        Meta = IsAlwaysLoaded ? new JsonObject { ["anthropic/alwaysLoad"] = true } : null,
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = JsonSerializer.SerializeToElement(Schema(), ToolResults.Json),
        Annotations =
            new ToolAnnotations { ReadOnlyHint = IsReadOnly, DestructiveHint = false, IdempotentHint = IsReadOnly, OpenWorldHint = false },
    };

    /// <exception cref="ToolException">It came to nothing; the message says why.</exception>
    public abstract ValueTask<CallToolResult> CallAsync(ToolArguments arguments, CancellationToken cancellationToken);

    private JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "object" };
        schema["properties"] =
            new JsonObject(Parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Name, parameter.ToSchema())));
        if (Parameters.Any(parameter => parameter.Required))
            schema["required"] =
                new JsonArray([.. Parameters.Where(parameter => parameter.Required).Select(parameter => JsonValue.Create(parameter.Name))]);
        schema["additionalProperties"] = false;
        return schema;
    }
}
