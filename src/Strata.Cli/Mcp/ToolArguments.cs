using System.Globalization;
using System.Text.Json;
using Strata.Settings;

namespace Strata.Cli.Mcp;

/// <summary>The arguments of a call, checked against what the tool takes.</summary>
internal sealed class ToolArguments
{
    private readonly IReadOnlyList<ToolParameter> _parameters;
    private readonly Dictionary<string, JsonElement> _given = new(StringComparer.Ordinal);

    /// <exception cref="ToolException">One is unknown, missing, or not of its kind.</exception>
    public ToolArguments(string tool, IReadOnlyList<ToolParameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>>? given)
    {
        _parameters = parameters;
        foreach (var (name, value) in given ?? [])
        {
            if (parameters.All(parameter => parameter.Name != name))
                throw new ToolException(
                    $"{tool}: {NearestName.Unknown("argument", name, [.. parameters.Select(parameter => parameter.Name)])}");
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
                _given[name] = value;
        }

        if (parameters.FirstOrDefault(parameter => parameter.Required && !_given.ContainsKey(parameter.Name)) is { } missing)
            throw new ToolException($"{tool}: the argument '{missing.Name}' is missing. {missing.Description}");
        foreach (var parameter in parameters.Where(parameter => _given.ContainsKey(parameter.Name)))
            Check(tool, parameter, _given[parameter.Name]);
    }

    public bool Has(string name) => _given.ContainsKey(name);

    /// <summary>Null where it was not given.</summary>
    public string? Text(string name) => _given.TryGetValue(name, out var value) ? value.GetString()!.Trim() : null;

    public int Integer(string name)
    {
        var parameter = _parameters.First(parameter => parameter.Name == name);
        return _given.TryGetValue(name, out var value) ? WholeNumber(value)!.Value : parameter.Default ?? parameter.Least;
    }

    /// <summary>Null where it was not given.</summary>
    public int? OptionalInteger(string name) => Has(name) ? Integer(name) : null;

    /// <summary>Null where it was not given.</summary>
    public TokenAmount? Amount(string name) =>
        _given.TryGetValue(name, out var value) ? TokenAmount.Read(TextOf(value), shares: true, out _) : null;

    /// <summary>Null where it was not given.</summary>
    public JsonElement? Json(string name) => _given.TryGetValue(name, out var value) ? value : null;

    private static void Check(string tool, ToolParameter parameter, JsonElement value)
    {
        var problem = parameter.Kind switch
        {
            ToolParameterKind.Text => CheckText(parameter, value),
            ToolParameterKind.Integer => CheckInteger(parameter, value),
            ToolParameterKind.Amount => TokenAmount.Read(TextOf(value), shares: true, out var why) is null ? why : null,
            _ => value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? null
                : "give an array of messages, or a request body with them",
        };
        if (problem is not null)
            throw new ToolException($"{tool}: the argument '{parameter.Name}': {problem}; this is {Shown(value)}.");
    }

    private static string? CheckText(ToolParameter parameter, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
            return "give a text that is not empty";
        return parameter.Known.Count == 0 || parameter.Known.Contains(value.GetString()!.Trim(), StringComparer.OrdinalIgnoreCase)
            ? null
            : "give one of " + string.Join(", ", parameter.Known);
    }

    private static string? CheckInteger(ToolParameter parameter, JsonElement value)
    {
        if (WholeNumber(value) is { } number && number >= parameter.Least && number <= parameter.Most)
            return null;
        return parameter.Most == int.MaxValue
            ? FormattableString.Invariant($"give a whole number of {parameter.Least} or more")
            : FormattableString.Invariant($"give a whole number from {parameter.Least} to {parameter.Most}");
    }

    // Models write numbers as texts now and then.
    private static int? WholeNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.String
            when int.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };

    private static string Shown(JsonElement value)
    {
        const int Most = 60;
        var text = value.ValueKind == JsonValueKind.String ? $"'{value.GetString()}'" : value.GetRawText();
        return text.Length <= Most ? text : text[..Most].TrimEnd('\uD800') + "…";
    }
}
