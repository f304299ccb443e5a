using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Strata.Cli.Commands;
using Strata.Cli.Reports;
using Strata.Models;
using Strata.Tokens;

namespace Strata.Cli.Mcp.Tools;

/// <summary>How many tokens a text or a conversation has.</summary>
internal sealed class CountTool(ToolContext context) : McpTool
{
    private static readonly ToolParameter Text = new("text", ToolParameterKind.Text, "A text to count. Give this, 'messages' or 'path'.");

    private static readonly ToolParameter Model = new("model", ToolParameterKind.Text,
        "The model that it is for: gives tokenizer and window. Default: the one that the conversation names.");

    public override string Name => "count_tokens";

    public override string Title => "Count tokens";

    public override string Description => "Counts the tokens of a text or of a conversation, by role and kind, and says how exact that is "
        + "and how full the model's window would be.";

    public override IReadOnlyList<ToolParameter> Parameters { get; } =
        [Text, ToolSession.Messages, ToolSession.Path, Model, ToolSession.Format];

    public override async ValueTask<CallToolResult> CallAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var model = arguments.Text(Model.Name) ?? context.Settings.Model;
        if (!arguments.Has(Text.Name))
            return await CountSessionAsync(arguments, model, cancellationToken).ConfigureAwait(false);
        if (arguments.Has(ToolSession.Messages.Name) || arguments.Has(ToolSession.Path.Name))
            throw new ToolException("give one of 'text', 'messages' and 'path'.");
        var match = model is null ? null : context.Catalogue.Find(model);
        var counter = match is null ? TokenCounters.ForEncoding("o200k_base") : ModelCatalogue.CounterFor(match.Model);
        return ToolResults.Of(new JsonObject
        {
            ["tokens"] = counter.Count(arguments.Json(Text.Name)!.Value.GetString()!),
            ["counter"] = Counter(counter),
            ["model"] = match?.Model.Id,
            ["window"] = match is { Kind: not ModelMatchKind.Default } ? match.Model.Window : null,
        });
    }

    private async ValueTask<CallToolResult> CountSessionAsync(ToolArguments arguments, string? model, CancellationToken cancellationToken)
    {
        if (!arguments.Has(ToolSession.Messages.Name) && !arguments.Has(ToolSession.Path.Name))
            throw new ToolException("give one of 'text', 'messages' and 'path'.");
        var file = await ToolSession.ReadAsync(arguments, context, cancellationToken).ConfigureAwait(false);
        var options = CompactionProfiles.Default with
        {
            Model = model ?? file.Document.Model,
            Window = context.Settings.Window,
            Catalogue = context.Catalogue
        };
        var measured = MeasuredSession.Measure(file.Document, options);
        var budget = measured.Compactor.Budget;
        return ToolResults.Of(new JsonObject
        {
            ["tokens"] = measured.Total,
            ["counter"] = Counter(measured.Compactor.Counter.Text),
            ["model"] = measured.ModelName,
            ["format"] = file.Format.Name,
            ["window"] = budget.Window,
            ["windowIsKnown"] = measured.WindowIsKnown,
            ["threshold"] = budget.Threshold,
            ["target"] = budget.Target,
            ["kinds"] = new JsonObject(measured.Kinds.Rows()
                .Select(row => KeyValuePair.Create<string, JsonNode?>(JsonNamingPolicy.CamelCase.ConvertName(row.Name), row.Tokens))),
            ["roles"] = new JsonArray([.. measured.Roles()
                .Select(role => new JsonObject { ["role"] = role.Role, ["messages"] = role.Messages, ["tokens"] = role.Tokens })]),
        });
    }

    private static JsonObject Counter(ITokenCounter counter)
    {
        var report = CounterReport.Of(counter);
        return new JsonObject { ["name"] = report.Name, ["exact"] = report.Exact, ["errorBand"] = report.ErrorBand };
    }
}
