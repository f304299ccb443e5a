using System.CommandLine;
using Strata.Archives;
using Strata.Cli.Archives;
using Strata.Cli.Clients;
using Strata.Cli.Files;
using Strata.Cli.Ladders;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Formats;

namespace Strata.Cli.Commands;

/// <summary><c>strata compact</c>: a session file becomes a shorter one.</summary>
internal sealed class CompactCommand
{
    public static readonly CommandFactory Entry = new(
        "compact", "Writes a shorter session of the same format and says what was kept, cut and why.",
        Create, "FILE");

    private readonly Terminal _terminal;
    private readonly SessionOptions _session = new();
    private readonly CompactionSettings _settings = new();
    private readonly KeepSettings _keep = new();

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where to write; - is standard output. Default: NAME.compacted.EXT beside the input.",
        HelpName = "OUT",
    };

    private readonly Option<string> _to = KnownNames.Option(
        "--to", "format", () => SessionFormats.All.Select(format => format.Name), "The format to write. Default: the one that was read.");

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replaces OUT where it exists." };

    private readonly InPlaceOption _inPlace = new();

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Shows no progress while models write." };

    private CompactCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var compact = new CompactCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata compact session.jsonl                      # when above its threshold",
                "strata compact session.jsonl --target 20%         # to a fifth, now",
                "strata compact session.jsonl --pin 'the licence'  # stays word for word",
                "strata compact session.jsonl --in-place           # its program resumes it",
                "strata compact session.jsonl --profile offload --l1 ollama/qwen2.5:7b",
                "strata compact session.jsonl --to openai-chat -o chat.json",
                "cat session.jsonl | strata compact - --target 30k > shorter.jsonl",
            ],
        };
        compact._session.AddTo(command);
        command.Add(compact._output);
        command.Add(compact._to);
        compact._settings.AddTo(command);
        compact._keep.AddTo(command);
        command.Add(compact._overwrite);
        compact._inPlace.AddTo(command, compact._output, compact._to, compact._keep.NoArchive);
        command.Add(compact._quiet);
        command.SetAction(compact.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var keeper = _keep.Read(result, _terminal);
        try
        {
            return await RunAsync(result, keeper, cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveException e) when (keeper is not null)
        {
            throw keeper.Failed(e);
        }
        finally
        {
            if (keeper is not null)
                await keeper.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<int> RunAsync(ParseResult result, Keeper? keeper, CancellationToken cancellationToken)
    {
        var started = _terminal.Time.GetTimestamp();
        var source = result.GetRequiredValue(_session.File);
        var isInPlace = _inPlace.IsSet(result, source);
        var destination = isInPlace ? Destination.InPlaceOf(source)
            : Destination.Choose(
                source, result.GetValue(_output), result.GetValue(_to), result.GetValue(_overwrite), result.GetValue(_session.Session));
        keeper?.Place.MustNotBe(destination.FilePath, isWritten: true);
        keeper?.Place.MustNotBe(source is SessionFile.Standard ? null : source, isWritten: false);
        var settings = _settings.Read(result, _session, _terminal);
        var file = await _session.ReadAsync(result, _terminal, keepBytes: keeper is not null, cancellationToken).ConfigureAwait(false);
        file.Document.IsLean = result.GetValue(_keep.Lean);
        var replaced = isInPlace ? new ReplacedSession(file, _terminal.Time, result.GetValue(_settings.Force)) : null;
        replaced?.MustComeBack(keeper!.KeepsSecrets);
        using var run = await LadderRun.StartAsync(settings, ModelOptions.Catalogue(result.GetValue(_session.Models)), keeper?.Archive,
            _terminal, cancellationToken).ConfigureAwait(false);
        var compaction = _settings.Prepare(result, _session, settings, file, _terminal, run?.Summarizer, keeper?.Archive);
        if (compaction.IsDue || destination.IsWritten(CompactionOutcome.Unchanged))
            destination.CheckPlace();
        if (keeper is not null)
            compaction = compaction with { Request = await keeper.PrepareAsync(compaction, file, cancellationToken).ConfigureAwait(false) };
        var compacted = await PrepareAsync(
            compaction, run, isQuiet: result.GetValue(_quiet) || result.GetValue(_session.Json), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var stopped = _terminal.Interrupts.Calls.IsCancellationRequested;
        var format = destination.Format ?? file.Format;
        var bytes = (long?)null;
        var unnoted = (string?)null;
        if (destination.IsWritten(compacted.Outcome))
        {
            bytes = await destination.WriteAsync(
                _terminal, stream => format.WriteAsync(file.Document, compacted.Outgoing, stream, cancellationToken).AsTask(), CommitAsync,
                cancellationToken)
                .ConfigureAwait(false);
            replaced?.Finish();
            replaced?.Tell($"The original is in the archive: strata undo {ShellText.Quote(source)} --in-place{keeper!.Place.Hint}");
        }

        // What is done is told, though Ctrl-C came meanwhile.
        var kept = keeper is null ? null : await keeper.ReportAsync(compacted, CancellationToken.None).ConfigureAwait(false);
        var request = compaction.Compactor.Counter.CountRequest(file.Document.Options);
        var report = Report(file, compaction, compacted, request) with
        {
            AgentId = settings.AgentId,
            Archive = kept,
            Ladder = run is null ? null : LadderReporter.Report(run, compacted, stopped),
            Notes = [.. compaction.Notes, .. ReferenceEquals(format, file.Format) ? file.Document.ChangesBeside(compacted.Outgoing) : [],
                .. kept?.Notes ?? [], .. unnoted is null ? Array.Empty<string>() : [unnoted],
                .. run?.Problems ?? [], .. replaced?.Notes ?? [],
                .. await Conversion.LossesAsync(file, format, compacted.Outgoing, compaction.Compactor.Counter, cancellationToken)
                    .ConfigureAwait(false)],
            Output = destination.IsWritten(compacted.Outcome) ? destination.Name : null,
            OutputFormat = format.Name,
            OutputBytes = bytes,
            Milliseconds = Math.Round(_terminal.Time.GetElapsedTime(started).TotalMilliseconds, 1),
        };
        Show(report, result.GetValue(_session.Json), destination.IsStandardOutput);
        if (compacted.Outcome == CompactionOutcome.CannotFit)
            return ExitCodes.Failed;
        return stopped ? ExitCodes.CallsStopped : ExitCodes.Done;

        async Task CommitAsync()
        {
            replaced?.MustBeAsRead();
            compacted = await compaction.Compactor.CommitAsync(compacted, cancellationToken).ConfigureAwait(false);
            unnoted = WrittenSummaries.Keep(compacted, _terminal);
        }
    }

    private Task<CompactionResult> PrepareAsync(Compaction compaction, LadderRun? run, bool isQuiet, CancellationToken cancellationToken)
    {
        return run is null ? WorkAsync() : Progress.ShowAsync(_terminal, run, isQuiet, WorkAsync);

        // Counting and planning would hold the display up.
        Task<CompactionResult> WorkAsync() =>
            Task.Run(async () => await compaction.Compactor.PrepareAsync(compaction.Request, cancellationToken).ConfigureAwait(false),
                cancellationToken);
    }

    // Where the session itself goes to standard output, nothing else may.
    private void Show(CompactReport report, bool json, bool sessionOnOutput)
    {
        if (json)
        {
            JsonReport.Write(sessionOnOutput ? _terminal.Error : _terminal.Text, report, JsonReport.Readable.CompactReport);
            return;
        }

        using var screen =
            sessionOnOutput || report.Outcome == CompactionOutcome.CannotFit ? Screen.Error(_terminal) : Screen.Output(_terminal);
        CompactText.Write(screen, report);
    }

    private static CompactReport Report(SessionFile file, Compaction compaction, CompactionResult result, int request) => new()
    {
        File = file.Name,
        IsFromPipe = file.Path is null,
        Format = file.Format.Name,
        OutputFormat = file.Format.Name,
        Outcome = result.Outcome,
        Reason = result.Reason,
        Model = ModelReport.Of(compaction.ModelName, compaction.Compactor.Model),
        Counter = CounterReport.Of(compaction.Compactor.Counter, file.Document),
        Window = result.Usage.Window,
        WindowIsKnown = compaction.WindowIsKnown,
        Available = result.Usage.Available,
        Threshold = result.Usage.Threshold,
        Target = result.Usage.Target,
        Before = result.TokensBefore,
        After = result.TokensAfter,
        Recorded = file.Document.LastRecordedInput,
        Strategy = compaction.Strategy,
        Groups = result.Plan is { } plan
            ? ActionTotals.Of(
                plan, group => compaction.Transcript.Groups[group].Messages.Count,
                result.TokensAfter - request - plan.Decisions.Sum(decision => decision.TokensAfter))
            : null,
        Request = request,
        Messages = new(compaction.Request.Messages.Count, result.Messages.Count, result.MessagesRemoved, result.MessagesPreserved),
        Rungs = result.Plan?.RungsTaken ?? [],
        Levels = result.Levels,
        SummaryTokens = result.Summaries.Sum(summary => summary.Tokens),
        Problems = ProblemReport.Of(file.Document),
        Notes = compaction.Notes,
        Milliseconds = 0,
    };
}
