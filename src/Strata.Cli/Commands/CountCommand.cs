using System.CommandLine;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Models;
using Strata.Tokens;

namespace Strata.Cli.Commands;

/// <summary><c>strata count</c>: how many tokens a session or a text has.</summary>
internal sealed class CountCommand
{
    public static readonly CommandFactory Entry = new(
        "count", "Counts tokens by role and by kind, and says how exact that is.",
        Create, "FILE");

    private const string PlainText = "text";

    private readonly Terminal _terminal;
    private readonly SessionOptions _session = new([PlainText]);

    private CountCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var count = new CountCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata count session.jsonl",
                "strata count session.jsonl --model gpt-5 --json | jq .tokens",
                "strata count README.md --format text",
                "git diff | strata count - --format text --model claude-opus-4-5",
            ],
        };
        count._session.AddTo(command);
        command.SetAction(count.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var isText = string.Equals(result.GetValue(_session.Format), PlainText, StringComparison.OrdinalIgnoreCase);
        var report = isText
            ? await CountTextAsync(result, cancellationToken).ConfigureAwait(false)
            : await CountSessionAsync(result, cancellationToken).ConfigureAwait(false);
        if (result.GetValue(_session.Json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.CountReport);
            return ExitCodes.Done;
        }

        using (var screen = Screen.Output(_terminal))
            CountText.Write(screen, report);
        using var notes = Screen.Error(_terminal);
        NotesText.Write(notes, report.Problems, report.Notes);
        return ExitCodes.Done;
    }

    private async Task<CountReport> CountSessionAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var file = await ReadAsync(result, cancellationToken).ConfigureAwait(false);
        var measured = MeasuredSession.Measure(file.Document, _session.Apply(CompactionProfiles.Default, result, file.Document));
        return new CountReport
        {
            File = file.Name,
            Format = file.Format.Name,
            Tokens = measured.Total,
            Recorded = file.Document.LastRecordedInput,
            Counter = CounterReport.Of(measured.Compactor.Counter, file.Document),
            Model = ModelReport.Of(measured.ModelName, measured.Compactor.Model),
            Window = measured.Compactor.Budget.Window,
            WindowIsKnown = measured.WindowIsKnown,
            Available = measured.Compactor.Budget.Available,
            Threshold = measured.Compactor.Budget.Threshold,
            Target = measured.Compactor.Budget.Target,
            Kinds = measured.Kinds,
            Roles = measured.Roles(),
            Problems = ProblemReport.Of(file.Document),
            Notes = measured.WindowIsKnown
                ? []
                : [ModelNotes.UnknownWindow(
                    measured.ModelName, result.GetValue(_session.Model) is not null, measured.Compactor.Budget.Window)],
        };
    }

    private async Task<SessionFile> ReadAsync(ParseResult result, CancellationToken cancellationToken)
    {
        try
        {
            return await _session.ReadAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        }
        catch (UnrecognizedSessionException e)
        {
            throw new CliException(e.Message + " Plain text is counted with --format text.", innerException: e);
        }
    }

    private async Task<CountReport> CountTextAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var name = result.GetRequiredValue(_session.File);
        var text = await TextFile.ReadAsync(name, _terminal, cancellationToken).ConfigureAwait(false);
        var model = result.GetValue(_session.Model);
        var match = model is null ? null : ModelOptions.Catalogue(result.GetValue(_session.Models)).Find(model);
        var counter = match is null ? TokenCounters.ForEncoding("o200k_base") : ModelCatalogue.CounterFor(match.Model);
        var window = result.GetValue(_session.Window) ?? (match is { Kind: not ModelMatchKind.Default } ? match.Model.Window : null);
        var budget = window is { } tokens ? TokenBudget.Create(tokens) : null;
        return new CountReport
        {
            File = name == SessionFile.Standard ? "standard input" : name,
            Format = PlainText,
            Tokens = counter.Count(text),
            Counter = CounterReport.Of(counter),
            Model = match is null ? null : ModelReport.Of(model, match),
            Window = budget?.Window,
            Available = budget?.Available,
            Threshold = budget?.Threshold,
            Target = budget?.Target,
            Notes = match is null ? ["No model is named: counted as GPT-4o and newer count. Give --model."] : [],
        };
    }
}
