using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary><c>strata recall</c>: the original of what was cut.</summary>
internal sealed class RecallCommand
{
    private readonly Terminal _terminal;

    private readonly Argument<string> _handle = new("HANDLE") { Description = "As it stands where something was cut; FIRST..LAST for all between two." };

    private readonly Option<string> _file = new("--in")
    {
        Description = "The session file before compaction; - reads standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _format = KnownNames.Option(
        "--format", "format", SessionFormats.All.Select(format => format.Name), "The file's format. Default: recognized from its content.");

    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private RecallCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var recall = new RecallCommand(terminal);
        var command = new ExampleCommand("recall", "Prints the original of what was cut, and nothing else.")
        {
            Examples =
            [
                "strata recall 3v1c0kd8m2xa --in session.jsonl",
                "strata recall 3v1c0kd8m2xa..90fhq2rzt7me --in session.jsonl | less",
            ],
        };
        command.Add(recall._handle);
        command.Add(recall._file);
        command.Add(recall._format);
        command.Add(recall._json);
        command.SetAction(recall.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var handle = result.GetRequiredValue(_handle);
        var file = await SessionFile.ReadAsync(result.GetRequiredValue(_file), result.GetValue(_format), _terminal, cancellationToken).ConfigureAwait(false);
        var original = Find(Transcript.Create(file.Document.Messages), handle) ?? throw new CliException(
            $"{file.Name} holds no original with the handle {handle}. Is it the file from before the compaction? A shortened copy does not hold what was cut from it.",
            ExitCodes.Failed);
        if (result.GetValue(_json))
            JsonOutput.Write(_terminal.Text, Report(handle, file, original), JsonOutput.Readable.RecallReport);
        else if (original.Content is { } content)
            await WriteExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        else
            RecallText.Write(_terminal.Text, original.Groups);
        return ExitCodes.Done;
    }

    private static RecalledOriginal? Find(Transcript transcript, string handle)
    {
        try
        {
            return TranscriptRecall.Find(transcript, handle);
        }
        catch (FormatException e)
        {
            throw new CliException(e.Message, innerException: e);
        }
    }

    // Byte for byte: no newline is added, and an image comes back as an image.
    private async Task WriteExactlyAsync(AIContent content, CancellationToken cancellationToken)
    {
        var bytes = content is DataContent data ? data.Data : Encoding.UTF8.GetBytes(MessageText.Of(content) ?? (content as UriContent)?.Uri.OriginalString ?? "");
        await _terminal.Output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private static RecallReport Report(string handle, SessionFile file, RecalledOriginal original) => new(
        handle,
        file.Name,
        file.Document.PlaceOf(original.MessageIndex),
        original.Content is { } content ? MessageText.Of(content) : null,
        [.. original.Groups.Select(group => new RecalledGroup(
            group.Index + 1,
            group.Handle.ToString(),
            group.Kind,
            [.. group.Messages.Select(message => JsonSerializer.SerializeToNode(message, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatMessage))))]))]);
}
