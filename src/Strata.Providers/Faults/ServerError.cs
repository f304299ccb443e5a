using System.Text;
using System.Text.Json;
using Strata.Providers.Wire;

namespace Strata.Providers.Faults;

/// <summary>What the body of an error says.</summary>
/// <param name="Said">Null when it says nothing that can be read.</param>
/// <param name="Code">Machine-readable kinds (<c>code</c>, <c>type</c>) in lower case, separated by spaces.</param>
/// <param name="Status">The HTTP status that a body of status 200 names instead (OpenRouter); null when it names none.</param>
internal sealed record ServerError(string? Said, string Code, int? Status)
{
    public static ServerError Nothing { get; } = new(null, "", null);

    /// <summary>
    /// Reads <c>{"error":{"message":…}}</c>, <c>{"error":"…"}</c>, <c>{"message":…}</c>, <c>{"detail":…}</c>; other text is no message of
    /// an API.
    /// </summary>
    public static ServerError Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    public static ServerError Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            root = root[0];
        var error = root.Object("error") ?? root;
        var said = root.Text("error") ?? error.Text("message") ?? error.Text("detail") ?? error.Text("error");
        var code = new StringBuilder();
        foreach (var name in (ReadOnlySpan<string>)["code", "type"])
            code.Append(error.Text(name)?.ToLowerInvariant()).Append(' ');
        return new(said, code.ToString().Trim(), (int?)error.Number("code") ?? (int?)error.Number("status_code"));
    }
}
