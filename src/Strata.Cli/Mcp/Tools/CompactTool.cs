using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Strata.Archives;
using Strata.Cli.Archives;
using Strata.Cli.Commands;
using Strata.Cli.Files;
using Strata.Planning;
using Strata.Settings;

namespace Strata.Cli.Mcp.Tools;

/// <summary>Makes a conversation shorter.</summary>
internal sealed class CompactTool(ToolContext context) : McpTool
{
    private const int MostCuts = 50;

    private static readonly ToolParameter Target = new(
        "target", ToolParameterKind.Amount, "How far: tokens (12000, 12k) or a share of the conversation as it is (20%). Default: only "
            + "when it is above its model's threshold, then to the profile's target.");

    private static readonly ToolParameter Model = new("model", ToolParameterKind.Text,
        "The model that it is for: gives window and tokenizer. Default: the one that the conversation names.");

    private static readonly ToolParameter Window = new(
        "window", ToolParameterKind.Integer, "The window in tokens. Default: the model's.") { Least = 1 };

    private static readonly ToolParameter Strategy =
        new("strategy", ToolParameterKind.Text, $"Who chooses what stays. Default: {CompactionStrategies.Default}.")
        {
            Known = [.. CompactionStrategies.All.Select(strategy => strategy.Name)],
        };

    private static readonly ToolParameter Output = new(
        "output", ToolParameterKind.Text, "A new file to write the compacted conversation to, where files may be read. An existing one is "
            + "never replaced. Default: it is in the answer.");

    public override string Name => "compact";

    public override string Title => "Compact a conversation";

    public override string Description =>
        "Makes a conversation shorter without losing what matters and answers with its messages and a receipt. Every original is archived "
            + "first; handles stand where something was cut, and recall brings it back.";

    public override bool IsReadOnly => false;

    public override IReadOnlyList<ToolParameter> Parameters { get; } =
        [ToolSession.Messages, ToolSession.Path, Target, Model, Window, Strategy, ToolSession.Format, Output];

    public override async ValueTask<CallToolResult> CallAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var output = arguments.Text(Output.Name) is { } path ? NewFile(path) : null;
        var file = await ToolSession.ReadAsync(arguments, context, cancellationToken).ConfigureAwait(false);
        file.Document.IsLean = output is null;   // an answer has no room for what no client reads again
        var written = output is null ? null : new OutputFile(output, like: file.Path, replace: false);
        written?.CheckPlace();
        var archive = await context.Archive.WriteAsync(cancellationToken).ConfigureAwait(false);
        var compaction = Prepare(arguments, file, archive);
        var session = await SessionName.FindAsync(archive, file.Document, compaction.Transcript, cancellationToken).ConfigureAwait(false);
        compaction = compaction with { Request = compaction.Request with { SessionId = session } };
        var result = await compaction.Compactor.PrepareAsync(compaction.Request, cancellationToken).ConfigureAwait(false);
        if (result.Outcome == CompactionOutcome.CannotFit)
            throw new ToolException($"cannot fit: {result.Reason}. Give a larger target, or a model with a larger window.");
        var bytes = await WriteAsync(file, result, cancellationToken).ConfigureAwait(false);

        // What the answer cannot hold must not count as done.
        if (output is null && bytes.Length > ToolResults.MostChars)
            throw new ToolException(string.Create(CultureInfo.InvariantCulture,
                $"the conversation would have {bytes.Length:N0} bytes, and an answer holds {ToolResults.MostChars:N0}. Give 'output', a "
                    + $"file to write it to{(file.Path is null ? ", or a smaller 'target'" : "")}. Nothing was done."));
        if (written is null)
            await CommitAsync().ConfigureAwait(false);
        else
            await written.WriteAsync(stream => stream.WriteAsync(bytes, cancellationToken).AsTask(), CommitAsync, cancellationToken)
                .ConfigureAwait(false);
        return ToolResults.Of(Answer(compaction, result, file, output, bytes));

        async Task CommitAsync()
        {
            result = await compaction.Compactor.CommitAsync(result, cancellationToken).ConfigureAwait(false);
            WrittenSummaries.Keep(result, context.Terminal);
        }
    }

    private static async ValueTask<byte[]> WriteAsync(SessionFile file, CompactionResult result, CancellationToken cancellationToken)
    {
        using var written = new MemoryStream();
        await file.Format.WriteAsync(file.Document, result.Outgoing, written, cancellationToken).ConfigureAwait(false);
        return written.ToArray();
    }

    private string NewFile(string path)
    {
        var full = context.Folders.Resolve(Output.Name, path);
        context.Place.MustNotBe(full, isWritten: true);
        return File.Exists(full) || Directory.Exists(full)
            ? throw new ToolException($"the argument '{Output.Name}': {path} exists and is not replaced. Name a new file.")
            : full;
    }

    private Compaction Prepare(ToolArguments arguments, SessionFile file, IArchive archive)
    {
        var settings = new StrataSettings
        {
            Model = arguments.Text(Model.Name),
            Window = arguments.OptionalInteger(Window.Name),
            Strategy = arguments.Text(Strategy.Name),
            Target = arguments.Amount(Target.Name),
        }.Over(context.Settings);
        var options = CompactionSettings.OptionsOf(settings, file.Document, context.Catalogue);
        var builder =
            new CompactionBuilder(options, file.Document, settings.Model is not null, context.Terminal.Time, context.Summarizer, archive)
            {
                Naming = $"'{Model.Name}' or '{Window.Name}'",
            };
        var compaction = builder.Build(settings.Threshold, settings.Target, force: arguments.Has(Target.Name), pins: []);
        var name = file.Path is null ? null : Path.GetFileName(file.Path);
        return compaction with
        {
            Request = compaction.Request with
            {
                AgentId = settings.AgentId,
                SessionName = name,
                Document = new ArchivedDocument(file.Format.Name, name, file.Bytes!.Value),
            },
        };
    }

    private static JsonObject Answer(Compaction compaction, CompactionResult result, SessionFile file, string? output, byte[] bytes)
    {
        var answer = new JsonObject
        {
            ["outcome"] = JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()),
            ["reason"] = result.Reason,
            ["tokensBefore"] = result.TokensBefore,
            ["tokensAfter"] = result.TokensAfter,
            ["tokensRecorded"] = file.Document.LastRecordedInput,
            ["window"] = result.Usage.Window,
            ["threshold"] = result.Usage.Threshold,
            ["target"] = result.Usage.Target,
            ["strategy"] = compaction.Strategy,
            ["model"] = compaction.ModelName,
            ["format"] = file.Format.Name,
            ["notes"] = ReceiptJson.Array(compaction.Notes),
        };
        if (result.Receipt is { } receipt)
        {
            var shown = ReceiptJson.Of(receipt);
            shown["cuts"] = ReceiptJson.Cuts(receipt, 0, MostCuts);
            answer["receipt"] = shown;
        }

        if (output is not null)
            answer["output"] = output;
        else
            AddConversation(answer, Encoding.UTF8.GetString(bytes), file);
        return answer;
    }

    // Lines of an agent's file are no one JSON value; a body is shown as what was given: its messages, or all of it.
    private static void AddConversation(JsonObject answer, string text, SessionFile file)
    {
        if (file.Path is not null)
            answer["session"] = text;
        else if (JsonNode.Parse(text) is JsonObject { Count: 1 } body && body.First() is var (key, messages))
            answer["messages"] = messages!.DeepClone();
        else
            answer["body"] = JsonNode.Parse(text);
    }
}
