using System.CommandLine;
using Strata.Archives;
using Strata.Cli.Archives;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary><c>strata export</c>: sessions out of an archive, with every original.</summary>
internal sealed class ExportCommand
{
    public static readonly CommandFactory Entry = new(
        "export", "Writes a session's full history from an archive, with every original in its place.",
        Create, "SESSION");

    private readonly Terminal _terminal;

    private readonly Argument<string?> _session = new("SESSION")
    {
        Description = "A session's id or name.",
        Arity = ArgumentArity.ZeroOrOne
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "All sessions, as JSON lines: one message a line, with its session."
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where to write. Default: -, standard output.",
        HelpName = "OUT"
    };

    private readonly Option<string> _to = KnownNames.Option(
        "--to", "format", () => SessionFormats.All.Select(format => format.Name),
        "The format to write. Default: that of the archived file, else openai-chat.");

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replaces OUT where it exists." };

    private readonly ArchiveOptions _archive = new();

    private ExportCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var export = new ExportCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata export session.jsonl -o whole.jsonl",
                "strata export session.jsonl --to openai-chat | jq '.messages | length'",
                "strata export --all -o backup.jsonl",
            ],
        };
        command.Add(export._session);
        command.Add(export._all);
        command.Add(export._output);
        command.Add(export._to);
        command.Add(export._overwrite);
        export._archive.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(export._all) == result.GetValue(export._session) is not null)
                result.AddError("give a session, or --all.");
            else if (result.GetValue(export._all) && result.GetValue(export._to) is not null)
                result.AddError("--all writes JSON lines; --to is for one session.");
        });
        command.SetAction(export.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var destination = Destination.Choose(input: null, result.GetValue(_output) ?? SessionFile.Standard, result.GetValue(_overwrite));
        _archive.Choose(result, _terminal).MustNotBe(destination.FilePath, isWritten: true);
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var history = new SessionHistory(archive);
        if (result.GetValue(_all))
            return await AllAsync(archive, history, destination, cancellationToken).ConfigureAwait(false);

        var session = await SessionFinder.FindAsync(archive, place, result.GetValue(_session)!, cancellationToken).ConfigureAwait(false);
        var (file, secrets) = await history.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        var format = result.GetValue(_to) is { } to ? SessionFormats.Find(to)! : file.Format;
        var messages = file.Document.Messages.Select((message, i) => new OutgoingMessage(message, i)).ToList();
        await destination.WriteAsync(
            _terminal,
            stream => format.Name == file.Format.Name
                ? stream.WriteAsync(file.Bytes!.Value, cancellationToken).AsTask()
                : format.WriteAsync(file.Document, messages, stream, cancellationToken).AsTask(),
            cancellationToken).ConfigureAwait(false);
        using var screen = Screen.Error(_terminal);
        screen.Line(Screen.Escape($"{session.Name ?? session.Id}: {Numbers.Of(messages.Count, "message")} ({format.Name})"));
        NotesText.Write(screen, [], await NotesAsync(file, format, messages, secrets, cancellationToken).ConfigureAwait(false));
        return ExitCodes.Done;
    }

    private async Task<int> AllAsync(IArchive archive, SessionHistory history, Destination destination, CancellationToken cancellationToken)
    {
        var sessions = await archive.ListSessionsAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        var count = 0L;
        await destination.WriteAsync(_terminal, WriteAsync, cancellationToken).ConfigureAwait(false);
        _terminal.Error.WriteLine($"{Numbers.Of(sessions.Count, "session")}, {Numbers.Of(count, "message")}");
        return ExitCodes.Done;

        async Task WriteAsync(Stream stream)
        {
            foreach (var session in sessions)
            {
                var (file, _) = await history.ReadAsync(session, cancellationToken).ConfigureAwait(false);
                count += file.Document.Messages.Count;
                await SessionHistory.WriteLinesAsync(session, file.Document.Messages, stream, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<IReadOnlyList<string>> NotesAsync(
        SessionFile file, ISessionFormat format, List<OutgoingMessage> messages, int secrets, CancellationToken cancellationToken)
    {
        List<string> notes = [];
        if (secrets > 0)
            notes.Add($"{Numbers.Of(secrets, "secret")} {(secrets == 1 ? "is a placeholder" : "are placeholders")}: the archive never saw "
                + $"{(secrets == 1 ? "it" : "them")}.");
        if (format.Name != file.Format.Name)
            notes.AddRange(await Conversion.LossesAsync(file, format, messages,
                new Compactor(new CompactionOptions { Model = file.Document.Model }).Counter, cancellationToken).ConfigureAwait(false));
        return notes;
    }
}
