using System.CommandLine;
using Strata.Cli.Archives;

namespace Strata.Cli.Commands;

/// <summary>Where <c>compact</c> keeps what it cuts, and how.</summary>
internal sealed class KeepSettings
{
    private readonly ArchiveOptions _archive = new();

    public Option<bool> NoArchive { get; } = new("--no-archive")
    {
        Description = "Keeps nothing: what was cut can be recalled from the input only."
    };

    private readonly Option<bool> _keepSecrets = new("--keep-secrets")
    {
        Description = "Archives keys, tokens and passwords as they are, not as placeholders."
    };

    /// <summary>Whether the output is written without what no client reads again.</summary>
    public Option<bool> Lean { get; } = new("--lean")
    {
        Description = "Leaves out lines that no client reads again: shapes of requests, snapshots of the system prompt."
    };

    public void AddTo(Command command)
    {
        _archive.AddTo(command);
        command.Add(Lean);
        command.Add(NoArchive);
        command.Add(_keepSecrets);
        command.Validators.Add(result =>
        {
            if (result.GetValue(NoArchive) && result.GetResult(_archive.Archive) is { Implicit: false })
                result.AddError("--archive and --no-archive contradict each other.");
        });
    }

    /// <summary>The archive, not opened yet; null where none is wanted.</summary>
    public Keeper? Read(ParseResult result, Terminal terminal) => result.GetValue(NoArchive)
        ? null
        : new Keeper(
            new ArchiveRequest(_archive.Choose(result, terminal), terminal.Time, MayCreate: true, result.GetValue(_keepSecrets)), terminal);
}
