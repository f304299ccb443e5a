using System.CommandLine;

namespace Strata.Benchmarks.Archives;

/// <summary>What the archive on SQLite costs and what it survives.</summary>
internal static class ArchiveCommand
{
    public static Command Create() => new("archive", "The archive on SQLite: what it costs a compaction and the disk, recall and search in a large one, kills, many writers.")
    {
        OverheadCommand.Create(),
        SizeCommand.Create(),
        LargeCommand.Create(),
        KillsCommand.Create(),
        WritersCommand.Create(),
    };
}
