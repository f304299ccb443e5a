using System.CommandLine;
using System.Text;
using Microsoft.Extensions.AI;
using Strata.Cli.Archives;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary><c>strata recall</c>: the original of what was cut.</summary>
internal sealed class RecallCommand
{
    public static readonly CommandFactory Entry = new("recall", "Prints the original of what was cut, and nothing else.", Create, "HANDLE");

    private readonly Terminal _terminal;

    // Several words: 'recall HANDLE' is what people copy.
    private readonly Argument<string[]> _handle = new("HANDLE")
    {
        Description = "As it stands where something was cut; FIRST..LAST for all between two.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _session = new("--session")
    {
        Description = "Only in this session, by its id or name; with --in a database, its key. Default: in all, the newest first.",
        HelpName = "SESSION"
    };

    private readonly Option<string> _file = new("--in")
    {
        Description = "The session file before compaction, instead of an archive; - reads standard input.",
        HelpName = "FILE",
    };

    private readonly Option<string> _format = KnownNames.Option(
        "--format", "format", () => SessionFormats.All.Select(format => format.Name),
        "The file's format. Default: recognized from its content.");

    private readonly ArchiveOptions _archive = new();

    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private RecallCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var recall = new RecallCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata recall 3v1c0kd8m2xa",
                "strata recall 3v1c0kd8m2xa..90fhq2rzt7me | less",
                "strata recall 3v1c0kd8m2xa --in session.jsonl     # without an archive",
            ],
        };
        command.Add(recall._handle);
        command.Add(recall._session);
        command.Add(recall._file);
        command.Add(recall._format);
        recall._archive.AddTo(command);
        command.Add(recall._json);
        command.Validators.Add(result =>
        {
            if (result.GetResult(recall._session) is not null && result.GetValue(recall._file) is { } file && !ClientDatabase.Is(file))
                result.AddError("--session is for an archive; a file given by --in is one session.");
        });
        command.SetAction(recall.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var handle = PastedHandle.Read(string.Join(' ', result.GetRequiredValue(_handle)));
        if (result.GetValue(_file) is { } file)
            await FromFileAsync(handle, file, result, cancellationToken).ConfigureAwait(false);
        else
            await FromArchiveAsync(handle, result, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private async Task FromArchiveAsync(string handle, ParseResult result, CancellationToken cancellationToken)
    {
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var session = result.GetValue(_session) is { } typed
            ? await SessionFinder.FindAsync(archive, place, typed, cancellationToken).ConfigureAwait(false)
            : null;
        var recalled =
            await OriginalReader.FindAsync(archive, handle, session?.Id, cancellationToken).ConfigureAwait(false) ?? throw new CliException(
            session is null
                ? $"the archive {place.Name} holds no original with the handle {handle}. --archive names another archive, --in a file from "
                    + "before the compaction."
                : $"the session '{session.Id}' in the archive {place.Name} holds no original with the handle {handle}. Without --session "
                    + "it is looked for in all.",
            ExitCodes.Failed);
        var report = new RecallReport(
            handle, File: null, Place: null, TextOf(recalled.Content), RecallReport.GroupsOf(Transcript.Create(recalled.Messages).Groups))
        {
            Archive = place.Name,
            Session = recalled.SessionId,
            Receipt = recalled.ReceiptId,
            SecretsRedacted = recalled.SecretsRedacted,
        };
        await WriteAsync(result, report, recalled.Content, recalled.Messages, cancellationToken).ConfigureAwait(false);
        if (recalled.SecretsRedacted > 0)
            _terminal.Error.WriteLine($"strata: {Numbers.Of(recalled.SecretsRedacted, "placeholder")} in it "
                + $"stand{(recalled.SecretsRedacted == 1 ? "s" : "")} for what looked like a secret and was never archived.");
    }

    private async Task FromFileAsync(string handle, string path, ParseResult result, CancellationToken cancellationToken)
    {
        var file = await SessionFile.ReadAsync(
            path, result.GetValue(_format), _terminal, keepBytes: false, cancellationToken, result.GetValue(_session))
            .ConfigureAwait(false);
        var transcript = Transcript.Create(file.Document.Messages);
        if (TranscriptRecall.Find(transcript, handle) is not { } original)
        {
            throw PastedHandle.TurnRound(handle) is { } turned && TranscriptRecall.Find(transcript, turned) is not null
                ? OriginalReader.Backwards(handle, turned)
                : new CliException(
                    $"{file.Name} holds no original with the handle {handle}. Is it the file from before the compaction? A shortened copy "
                        + "does not hold what was cut from it.",
                    ExitCodes.Failed);
        }

        var report = new RecallReport(handle, file.Name, file.Document.PlaceOf(original.MessageIndex), TextOf(original.Content),
            RecallReport.GroupsOf(original.Groups));
        await WriteAsync(result, report, original.Content, original.Groups.SelectMany(group => group.Messages), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task WriteAsync(
        ParseResult result, RecallReport report, AIContent? content, IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        if (result.GetValue(_json))
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.RecallReport);
        else if (content is not null)
            await WriteExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        else
            RecallText.Write(_terminal.Text, messages);
    }

    private static string? TextOf(AIContent? content) => content is null ? null : MessageText.Of(content);

    // Byte for byte: no newline is added, and an image comes back as an image.
    private async Task WriteExactlyAsync(AIContent content, CancellationToken cancellationToken)
    {
        var bytes = content is DataContent data ? data.Data
            : Encoding.UTF8.GetBytes(MessageText.Of(content) ?? (content as UriContent)?.Uri.OriginalString ?? "");
        await _terminal.Output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }
}
