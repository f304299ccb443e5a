using System.Globalization;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Strata.Archives;

namespace Strata.Cli.Mcp.Tools;

/// <summary>Finds originals by words.</summary>
internal sealed class SearchTool(ToolContext context) : McpTool
{
    private static readonly ToolParameter Words = new("words", ToolParameterKind.Text,
        "Words in any language, file names, identifiers. What holds more of them comes first.") { Required = true };

    private static readonly ToolParameter Session =
        new("session", ToolParameterKind.Text, "Only in this session, by its id. Default: in all.");

    private static readonly ToolParameter Limit = new("limit", ToolParameterKind.Integer, "The most hits.")
    {
        Least = 1,
        Most = 100,
        Default = 20
    };

    public override string Name => "search_history";

    public override string Title => "Search the history";

    public override string Description => "Finds what was said or read earlier and has left the context, by words. Each hit has a handle "
        + "for recall and an excerpt of one line.";

    public override bool IsAlwaysLoaded => true;

    public override IReadOnlyList<ToolParameter> Parameters { get; } = [Words, Session, Limit];

    public override async ValueTask<CallToolResult> CallAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var archive = await context.Archive.ReadAsync(cancellationToken).ConfigureAwait(false);
        var hits = await archive.SearchAsync(
            new SearchQuery
            {
                Words = arguments.Text(Words.Name)!,
                SessionId = arguments.Text(Session.Name),
                Limit = arguments.Integer(Limit.Name)
            },
            cancellationToken).ConfigureAwait(false);
        return ToolResults.Of(new JsonObject
        {
            ["hits"] = new JsonArray([.. hits.Select(hit => new JsonObject
            {
                ["handle"] = hit.Handle.ToString(),
                ["session"] = hit.SessionId,
                ["role"] = hit.Role.Value,
                ["at"] = hit.At.ToString("O", CultureInfo.InvariantCulture),
                ["excerpt"] = hit.Excerpt,
            })]),
        });
    }
}
