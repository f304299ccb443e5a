using System.CommandLine;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Planning;
using Strata.Planning.Hierarchy;

namespace Strata.Cli.Commands;

/// <summary><c>strata plan</c>: what <c>compact</c> would do, without doing it.</summary>
internal sealed class PlanCommand
{
    public static readonly CommandFactory Entry = new(
        "plan", "Shows what compact would do: one row a group, with the decision and its reason.",
        Create, "FILE");

    private readonly Terminal _terminal;
    private readonly SessionOptions _session = new();
    private readonly CompactionSettings _settings = new();

    private PlanCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var plan = new PlanCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata plan session.jsonl --target 20%",
                "strata plan session.jsonl --strategy sliding-window | grep summarize",
                "strata plan session.jsonl --json | jq '.groups[] | select(.action == \"drop\")'",
            ],
        };
        plan._session.AddTo(command);
        plan._settings.AddTo(command);
        command.SetAction(plan.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var file = await _session.ReadAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        var compaction = _settings.Prepare(result, _session, _settings.Read(result, _session, _terminal), file, _terminal);
        var plan = compaction.Compactor.Plan(compaction.Request);
        var report = Report(file, compaction, plan);
        if (result.GetValue(_session.Json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.PlanReport);
        }
        else
        {
            using (var screen = Screen.Output(_terminal))
                PlanText.Write(screen, report);
            using var notes = Screen.Error(_terminal);
            PlanText.WriteNotes(notes, report);
        }

        return plan.CannotFit is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static PlanReport Report(SessionFile file, Compaction compaction, CompactionPlan plan) => new()
    {
        File = file.Name,
        Format = file.Format.Name,
        Model = ModelReport.Of(compaction.ModelName, compaction.Compactor.Model),
        Counter = CounterReport.Of(compaction.Compactor.Counter, file.Document),
        Window = compaction.Usage.Window,
        Threshold = compaction.Usage.Threshold,
        Target = compaction.Usage.Target,
        Before = plan.TokensBefore,
        Recorded = file.Document.LastRecordedInput,
        After = plan.TokensAfter,
        Due = !plan.ChangesNothing && compaction.IsDue,
        Strategy = plan.Strategy,
        Request = compaction.Compactor.Counter.CountRequest(compaction.Request.ChatOptions),
        Rungs = plan.RungsTaken,
        CannotFit = plan.CannotFit,
        Groups = [.. plan.Decisions.Select(decision => Row(file, compaction, decision))],
        Summaries = [.. plan.Summaries.Select(summary => new PlannedSummaryReport(
            summary.Groups[0] + 1, summary.Groups[^1] + 1, summary.Groups.Count, summary.MaxTokens, [.. summary.Parts.Select(PartOf)]))],
        Problems = ProblemReport.Of(file.Document),
        Notes = compaction.Notes,
    };

    private static PlannedPartReport PartOf(PlannedPart part) => new(
        part.Carried is null ? part.Level : null, part.FirstGroup + 1, part.LastGroup + 1, part.CoveredTokens, part.MaxTokens,
        [.. part.Children.Select(PartOf)]);

    private static PlannedGroup Row(SessionFile file, Compaction compaction, GroupDecision decision)
    {
        var group = compaction.Transcript.Groups[decision.Group];
        return new(
            decision.Group + 1, group.Handle.ToString(), group.Kind, group.TurnIndex + 1, group.Messages.Count,
            file.Document.PlaceOf(group.MessageIndexes[0]), Words.First(group), decision.TokensBefore, decision.Action, decision.Reason,
            decision.TokensAfter);
    }
}
