using System.CommandLine;
using Strata.Cli.Files;
using Strata.Formats;
using Strata.Models;

namespace Strata.Cli.Commands;

/// <summary>What every command that reads a session takes: the file, its format, the model, the window.</summary>
internal sealed class SessionOptions
{
    public Argument<string> File { get; } = new("FILE") { Description = "The session file; - reads standard input." };

    public Option<string> Format { get; }

    public Option<string> Model { get; } = new("--model")
    {
        Description = "The model that is sent to: gives window and tokenizer. Default: the model that the file names.",
        HelpName = "NAME",
    };

    public Option<int?> Window { get; } = new("--window")
    {
        Description = "The window in tokens, such as 200000 or 200k. Default: the model's.",
        HelpName = "N",
        CustomParser = Amount.ParseTokens,
    };

    public Option<string> Session { get; } = new("--session")
    {
        Description = "Where FILE is OpenClaw's database: the session's key or id. 'strata sessions --in FILE' lists them.",
        HelpName = "KEY",
    };

    public Option<string> Models { get; } = ModelOptions.Models();

    public Option<bool> Json { get; } = JsonOption();

    public SessionOptions(IEnumerable<string>? moreFormats = null)
    {
        Format = KnownNames.Option(
            "--format", "format", () => [.. SessionFormats.All.Select(format => format.Name), .. moreFormats ?? []],
            "The file's format. Default: recognized from its content.");
        Model.CompletionSources.Add(_ => ModelOptions.Names());
    }

    public static Option<bool> JsonOption() => new("--json") { Description = "Writes JSON, for programs." };

    public void AddTo(Command command)
    {
        command.Add(File);
        command.Add(Model);
        command.Add(Window);
        command.Add(Format);
        command.Add(Session);
        command.Add(Models);
        command.Add(Json);
    }

    public ValueTask<SessionFile> ReadAsync(ParseResult result, Terminal terminal, CancellationToken cancellationToken) =>
        ReadAsync(result, terminal, keepBytes: false, cancellationToken);

    public ValueTask<SessionFile> ReadAsync(ParseResult result, Terminal terminal, bool keepBytes, CancellationToken cancellationToken) =>
        SessionFile.ReadAsync(result.GetRequiredValue(File), result.GetValue(Format), terminal, keepBytes, cancellationToken,
            result.GetValue(Session));

    /// <summary>The options that a session is measured by: model, window, catalogue.</summary>
    public CompactionOptions Apply(CompactionOptions options, ParseResult result, SessionDocument document) => options with
    {
        Model = result.GetValue(Model) ?? document.Model,
        Window = result.GetValue(Window) ?? options.Window ?? (result.GetValue(Model) is null ? document.Window : null),
        Catalogue = ModelOptions.Catalogue(result.GetValue(Models)),
    };
}
