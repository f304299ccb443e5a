using System.CommandLine;
using Strata.Archives;
using Strata.Cli.Archives;

namespace Strata.Cli.Commands;

/// <summary>Which archive, for every command that uses one.</summary>
internal sealed class ArchiveOptions
{
    public Option<string> Archive { get; } = new("--archive")
    {
        Description =
            "A file, or postgres://USER@HOST/DATABASE. Default: STRATA_ARCHIVE, then strata/archive.db in the user's data folder.",
        HelpName = "ARCHIVE",
    };

    public void AddTo(Command command) => command.Add(Archive);

    public ArchivePlace Choose(ParseResult result, Terminal terminal) => ArchivePlace.Choose(result.GetValue(Archive), terminal);

    /// <summary>What an operator does to an archive.</summary>
    public static IArchiveMaintenance Maintenance(IArchive archive, ArchivePlace place) =>
        archive as IArchiveMaintenance
            ?? throw new CliException($"the archive {place.Name} cannot be checked or pruned from here.", ExitCodes.Failed);

    /// <summary>Opens the archive, which must be there.</summary>
    public async ValueTask<(IArchive Archive, ArchivePlace Place)> OpenAsync(
        ParseResult result, Terminal terminal, CancellationToken cancellationToken)
    {
        var place = Choose(result, terminal);
        place.MustExist();
        return (await terminal.OpenArchive(new ArchiveRequest(place, terminal.Time), cancellationToken).ConfigureAwait(false), place);
    }
}
