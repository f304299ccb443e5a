using System.Text.Json.Nodes;

namespace Strata.Cli.Mcp;

internal enum ToolParameterKind
{
    Text,
    Integer,

    /// <summary>Tokens as a number, <c>12k</c>, or a share such as <c>20%</c>.</summary>
    Amount,

    /// <summary>An array of messages, or a whole request body.</summary>
    Messages,
}

/// <summary>An argument that a tool takes: told to clients as JSON schema, and what a call is checked against.</summary>
/// <param name="Name">As calls spell it.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="Description">For the model that calls.</param>
internal sealed record ToolParameter(string Name, ToolParameterKind Kind, string Description)
{
    public bool Required { get; init; }

    /// <value>Of an integer: the least that is allowed.</value>
    public int Least { get; init; }

    /// <value>Of an integer: the most that is allowed.</value>
    public int Most { get; init; } = int.MaxValue;

    /// <value>What is taken where a call does not say; null: nothing is.</value>
    public int? Default { get; init; }

    /// <value>Of a text: the only ones that are allowed; empty: any.</value>
    public IReadOnlyList<string> Known { get; init; } = [];

    public JsonObject ToSchema()
    {
        var schema = new JsonObject { ["description"] = Description };
        schema["type"] = Kind switch
        {
            ToolParameterKind.Text => "string",
            ToolParameterKind.Integer => "integer",
            ToolParameterKind.Amount => new JsonArray("integer", "string"),
            _ => new JsonArray("array", "object"),
        };
        if (Kind == ToolParameterKind.Integer)
        {
            schema["minimum"] = Least;
            if (Most < int.MaxValue)
                schema["maximum"] = Most;
            if (Default is { } value)
                schema["default"] = value;
        }

        if (Known.Count > 0)
            schema["enum"] = new JsonArray([.. Known.Select(name => JsonValue.Create(name))]);
        return schema;
    }
}
