using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Mcp;

/// <summary>
/// Speaks to <c>strata mcp</c> in plain lines of JSON-RPC, as no SDK would allow: everything is written, then standard input ends.
/// </summary>
internal sealed class McpScript
{
    private readonly List<string> _lines =
    [
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":"""
            + """{"name":"script","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
    ];

    /// <summary>Answers by the id of the request.</summary>
    public Dictionary<string, JsonNode> Answers { get; } = new(StringComparer.Ordinal);

    public CliResult? Run { get; private set; }

    public McpScript Line(string line)
    {
        _lines.Add(line);
        return this;
    }

    /// <summary>Calls a tool with arguments in JSON.</summary>
    public McpScript Call(int id, string tool, string arguments) =>
        Line($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }""");

    public async Task<McpScript> RunAsync(Support.Cli cli, params string[] args)
    {
        cli.Input = Encoding.UTF8.GetBytes(string.Join('\n', _lines) + "\n");
        Run = await cli.RunAsync(["mcp", .. args]);
        foreach (var line in Run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var message = JsonNode.Parse(line)!;
            message["jsonrpc"]!.GetValue<string>().ShouldBe("2.0");
            if (message["id"] is { } id)
                Answers[id.ToJsonString()] = message;
        }

        return this;
    }

    /// <summary>The texts of a call's answer.</summary>
    public IReadOnlyList<string> Texts(int id) =>
        [.. Result(id)["content"]!.AsArray().Select(content => content!["text"]!.GetValue<string>())];

    /// <summary>The one text of a call's answer, as JSON.</summary>
    public JsonNode Json(int id) => JsonNode.Parse(Texts(id).ShouldHaveSingleItem())!;

    /// <summary>What a call that came to nothing says.</summary>
    public string Failure(int id)
    {
        (Result(id)["isError"]?.GetValue<bool>()).ShouldBe(true, Result(id).ToJsonString());
        return Texts(id).ShouldHaveSingleItem();
    }

    /// <summary>An error of the protocol.</summary>
    public (int Code, string Message) Error(int id)
    {
        var error = Answers[id.ToString(System.Globalization.CultureInfo.InvariantCulture)]["error"].ShouldNotBeNull();
        return (error["code"]!.GetValue<int>(), error["message"]!.GetValue<string>());
    }

    public static string Quote(string text) => JsonSerializer.Serialize(text);

    private JsonNode Result(int id) => Answers[id.ToString(System.Globalization.CultureInfo.InvariantCulture)]["result"]
        ?? throw new ShouldAssertException(Answers[id.ToString(System.Globalization.CultureInfo.InvariantCulture)].ToJsonString());
}
