using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Strata.Archives;

namespace Strata.Cli.Mcp.Tools;

/// <summary>What compactions did.</summary>
internal sealed class ReceiptsTool(ToolContext context) : McpTool
{
    private static readonly ToolParameter Session =
        new("session", ToolParameterKind.Text, "Only those of this session, by its id. Default: of all.");

    private static readonly ToolParameter Receipt =
        new("receipt", ToolParameterKind.Text, "The id of one receipt: answers with everything that it cut, each with its handle.");

    private static readonly ToolParameter Offset = new(
        "offset", ToolParameterKind.Integer, "With 'receipt': the first cut to list, counted from 0.") { Default = 0 };

    private static readonly ToolParameter Limit = new(
        "limit", ToolParameterKind.Integer, "The most receipts, or with 'receipt' the most cuts.") { Least = 1, Most = 200, Default = 50 };

    public override string Name => "list_receipts";

    public override string Title => "List receipts";

    public override string Description => "Lists compactions, newest first: when, how many tokens became how many, by what. With "
        + "'receipt', all that this one cut and why, each with the handle that recalls it.";

    public override IReadOnlyList<ToolParameter> Parameters { get; } = [Session, Receipt, Offset, Limit];

    public override async ValueTask<CallToolResult> CallAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var archive = await context.Archive.ReadAsync(cancellationToken).ConfigureAwait(false);
        var limit = arguments.Integer(Limit.Name);
        if (arguments.Text(Receipt.Name) is { } id)
            return await CutsAsync(archive, id, arguments.Integer(Offset.Name), limit, cancellationToken).ConfigureAwait(false);
        var receipts = await archive.ListReceiptsAsync(arguments.Text(Session.Name), limit, cancellationToken).ConfigureAwait(false);
        return ToolResults.Of(new JsonObject { ["receipts"] = new JsonArray([.. receipts.Select(Describe)]) });
    }

    private static async ValueTask<CallToolResult> CutsAsync(
        IArchive archive, string id, int offset, int limit, CancellationToken cancellationToken)
    {
        var found = await archive.FindReceiptAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new ToolException(
                $"the argument '{Receipt.Name}': there is no receipt '{id}'. Call list_receipts without it for those that there are.");
        var answer = Describe(found);
        answer["offset"] = offset;
        answer["cuts"] = ReceiptJson.Cuts(found.Receipt, offset, limit);
        if (offset + limit < found.Receipt.Cuts.Count)
            answer["nextOffset"] = offset + limit;
        return ToolResults.Of(answer);
    }

    private static JsonObject Describe(ArchivedReceipt archived)
    {
        var receipt = ReceiptJson.Of(archived.Receipt with { SessionId = archived.SessionId });
        receipt["undone"] = archived.UndoneAt is not null;
        return receipt;
    }
}
