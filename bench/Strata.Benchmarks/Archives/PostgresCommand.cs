using System.CommandLine;
using System.Globalization;
using Strata.Archives;
using Strata.Storage.Tests.Processes;

namespace Strata.Benchmarks.Archives;

/// <summary>What the archive on PostgreSQL costs and what it survives.</summary>
internal static class PostgresCommand
{
    public static Command Create() => new("archive-postgres", "The archive on PostgreSQL (server: STRATA_POSTGRES): what it costs a compaction, recall and search in a large one, kills, many writers.")
    {
        PostgresOverheadCommand.Create(),
        PostgresLargeCommand.Create(),
        CreateKills(),
        PostgresWritersCommand.Create(),
    };

    private static Command CreateKills()
    {
        var kills = new Option<int>("--kills") { DefaultValueFactory = _ => 1_000 };
        var child = new Option<string?>("--child") { Hidden = true };
        var first = new Option<int>("--first") { Hidden = true };
        var command = new Command("kills", "Kills processes at random moments of their compactions, and recalls all that was acknowledged.") { kills, child, first };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(child) is { } schema
            ? CompactAsync(schema, arguments.GetValue(first), cancellationToken)
            : KillAsync(arguments.GetValue(kills), cancellationToken));
        return command;
    }

    private static async Task<int> CompactAsync(string schema, int first, CancellationToken cancellationToken)
    {
        await using var archive = await PostgresBench.OpenAsync(schema, cancellationToken);
        await ArchiveChild.CompactAsync(archive, first, Console.Out, cancellationToken);
        return 0;
    }

    private static async Task<int> KillAsync(int kills, CancellationToken cancellationToken)
    {
        await using var bench = new PostgresBench(null);
        var children = new KilledChildren(
            first => Child.Start(Environment.ProcessPath!, ["archive-postgres", "kills", "--child", bench.Schema, "--first", first.ToString(CultureInfo.InvariantCulture)]),
            async () => (IArchive)await bench.OpenAsync(cancellationToken));
        await children.RunAsync(kills, cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{kills:N0} kills, {children.Acknowledged.Count:N0} acknowledged compactions and appends, {children.Faults.Count} that do not hold"));
        foreach (var fault in children.Faults)
            Console.WriteLine(fault);
        return children.Faults.Count == 0 ? 0 : 1;
    }
}
