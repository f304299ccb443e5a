using System.CommandLine;
using System.Globalization;
using Strata.Storage.Sqlite;
using Strata.Storage.Tests.Processes;

namespace Strata.Benchmarks.Archives;

/// <summary>Kills processes that compact, at random moments, and looks what is left.</summary>
internal static class KillsCommand
{
    public static Command Create()
    {
        var kills = new Option<int>("--kills") { DefaultValueFactory = _ => 1_000 };
        var child = new Option<string?>("--child") { Hidden = true };
        var first = new Option<int>("--first") { Hidden = true };
        var command = new Command("kills", "Kills processes at random moments of their compactions, and recalls all that was acknowledged.") { kills, child, first };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(child) is { } path
            ? CompactAsync(path, arguments.GetValue(first), cancellationToken)
            : RunAsync(arguments.GetValue(kills), cancellationToken));
        return command;
    }

    private static async Task<int> CompactAsync(string path, int first, CancellationToken cancellationToken)
    {
        await using var archive = await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = path }, cancellationToken);
        await ArchiveChild.CompactAsync(archive, first, Console.Out, cancellationToken);
        return 0;
    }

    private static async Task<int> RunAsync(int kills, CancellationToken cancellationToken)
    {
        using var folder = new ArchiveFolder();
        var children = new KilledChildren(
            first => Child.Start(Environment.ProcessPath!, ["archive", "kills", "--child", folder.Path, "--first", first.ToString(CultureInfo.InvariantCulture)]),
            async () => await folder.OpenAsync(cancellationToken));
        await children.RunAsync(kills, cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{kills:N0} kills, {children.Acknowledged.Count:N0} acknowledged compactions and appends, {children.Faults.Count} that do not hold"));
        foreach (var fault in children.Faults)
            Console.WriteLine(fault);
        return children.Faults.Count == 0 ? 0 : 1;
    }
}
