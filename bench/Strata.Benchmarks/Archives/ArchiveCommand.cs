using System.CommandLine;

namespace Strata.Benchmarks.Archives;

/// <summary>What an archive costs and what it survives, the same for each store.</summary>
internal static class ArchiveCommand
{
    public const string Name = "archive";

    /// <summary>How long an interrupted measurement may take to look at what it has, to print it and to clear away.</summary>
    public static readonly TimeSpan TimeToEnd = TimeSpan.FromMinutes(2);

    public static Command Create() =>
        new(Name, "The archive: what it costs a compaction and the disk, recall and search in a large one, kills, many writers.")
        {
            Stores.Store,
            Stores.Child,
            OverheadCommand.Create(),
            SizeCommand.Create(),
            LargeCommand.Create(),
            KillsCommand.Create(),
            WritersCommand.Create(),
        };
}
