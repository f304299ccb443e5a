using System.CommandLine;
using Strata.Cli.Archives;
using Strata.Cli.Commands;
using Strata.Cli.Ladders;
using Strata.Cli.Mcp.Tools;

namespace Strata.Cli.Mcp;

/// <summary><c>strata mcp</c>: the archive and the compactor as tools of an agent.</summary>
internal sealed class McpCommand
{
    public static readonly CommandFactory Entry = new(
        "mcp", "Serves recall, search_history, compact, count_tokens and list_receipts to an agent, by MCP over standard input and output.",
        Create);

    private readonly Terminal _terminal;
    private readonly ArchiveOptions _archive = new();
    private readonly ModelSettings _models = new();
    private readonly Option<string> _catalogue = ModelOptions.Models();

    private readonly Option<string[]> _roots = new("--root")
    {
        Description = "A folder that calls may name files in, beside the one that the server runs in. Repeatable.",
        HelpName = "FOLDER",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private McpCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var mcp = new McpCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata mcp                                   # as an agent starts it",
                "strata mcp --root ~/.claude/projects         # calls may also name files there",
                "claude mcp add strata -- strata mcp          # registers it in Claude Code",
            ],
        };
        command.Add(mcp._roots);
        mcp._archive.AddTo(command);
        command.Add(mcp._catalogue);
        mcp._models.AddTo(command);
        command.SetAction(mcp.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var folders = new ToolFolders(_terminal.Folder, result.GetValue(_roots) ?? []);
        var settings = _models.Read(result, _terminal);
        var catalogue = ModelOptions.Catalogue(result.GetValue(_catalogue));
        var place = _archive.Choose(result, _terminal);
        var archive = new ToolArchive((mayCreate, ends) => OpenAsync(place, mayCreate, ends));
        await using var closed = archive.ConfigureAwait(false);
        using var run =
            await LadderRun.StartAsync(settings, catalogue, new ToolNodes(archive), _terminal, cancellationToken).ConfigureAwait(false);
        foreach (var problem in settings.Notes.Concat(run?.Problems ?? []))
            _terminal.Error.WriteLine("strata: " + problem);
        var context = new ToolContext(_terminal, folders, settings, catalogue, run?.Summarizer, archive, place);
        var server = new ToolServer([new RecallTool(context), new SearchTool(context), new CompactTool(context), new CountTool(context),
            new ReceiptsTool(context)]);
        await server.RunAsync(_terminal.Input, _terminal.Output, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private ValueTask<Strata.Archives.IArchive> OpenAsync(ArchivePlace place, bool mayCreate, CancellationToken cancellationToken) =>
        mayCreate || place.IsServer || place.IsMade
            ? _terminal.OpenArchive(new ArchiveRequest(place, _terminal.Time, MayCreate: mayCreate), cancellationToken)
            : throw new ToolException($"there is no archive at {place.Name} yet: nothing was compacted. The tool 'compact' makes it when "
                + "it first has something to keep.");
}
