using System.CommandLine;
using Strata.Cli.Files;
using Strata.Cli.Inspection;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary><c>strata inspect</c>: what a session consists of.</summary>
internal sealed class InspectCommand
{
    public static readonly CommandFactory Entry = new(
        "inspect", "Shows turns, groups, the largest items, files read again, and where the tokens are.",
        Create, "FILE");

    private const int LargestCount = 10;

    private readonly Terminal _terminal;
    private readonly SessionOptions _session = new();

    private InspectCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var inspect = new InspectCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata inspect session.jsonl",
                "strata inspect session.jsonl --json | jq .repeatedReads",
            ],
        };
        inspect._session.AddTo(command);
        command.SetAction(inspect.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var file = await _session.ReadAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        var measured = MeasuredSession.Measure(file.Document, _session.Apply(CompactionProfiles.Default, result, file.Document));
        var report = Report(file, measured, result.GetValue(_session.Model) is not null);
        if (result.GetValue(_session.Json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.InspectReport);
            return ExitCodes.Done;
        }

        using (var screen = Screen.Output(_terminal))
            InspectText.Write(screen, report);
        using var notes = Screen.Error(_terminal);
        NotesText.Write(notes, report.Problems, report.Notes);
        return ExitCodes.Done;
    }

    private static InspectReport Report(SessionFile file, MeasuredSession measured, bool modelWasTyped)
    {
        var (compactor, transcript, tokens) = (measured.Compactor, measured.Transcript, measured.Tokens);
        return new InspectReport
        {
            File = file.Name,
            Format = file.Format.Name,
            Model = ModelReport.Of(measured.ModelName, compactor.Model),
            Counter = CounterReport.Of(compactor.Counter, file.Document),
            Tokens = measured.Total,
            Window = compactor.Budget.Window,
            WindowIsKnown = measured.WindowIsKnown,
            Threshold = compactor.Budget.Threshold,
            Target = compactor.Budget.Target,
            Messages = transcript.Messages.Count,
            Kinds = measured.Kinds,
            Tools = LargestItems.ByTool(transcript, tokens),
            Turns = [.. transcript.Turns.Select(turn => Turn(measured, turn))],
            Groups = [.. transcript.Groups.Select(group => new GroupReport(
                group.Index + 1, group.Handle.ToString(), group.Kind, group.Importance, group.TurnIndex + 1, group.Messages.Count,
                file.Document.PlaceOf(group.MessageIndexes[0]), Words.First(group), tokens.OfGroup(group.Index)))],
            LargestItems = LargestItems.Find(file.Document, transcript, tokens, LargestCount),
            RepeatedReads = RepeatedReads.Find(transcript, tokens),
            Problems = ProblemReport.Of(file.Document),
            Notes = measured.WindowIsKnown ? [] : [ModelNotes.UnknownWindow(measured.ModelName, modelWasTyped, compactor.Budget.Window)],
        };
    }

    private static TurnReport Turn(MeasuredSession measured, Turn turn)
    {
        var groups = measured.Transcript.Groups.Skip(turn.FirstGroup).Take(turn.GroupCount).ToList();
        var start = groups.Find(group => group is { Kind: GroupKind.User, IsInjected: false }) ?? groups[0];
        return new(
            turn.Index + 1, turn.FirstGroup + 1, turn.GroupCount, groups.Sum(group => group.Messages.Count),
            measured.Tokens.OfGroups(turn.FirstGroup, turn.GroupCount), Words.First(start));
    }
}
