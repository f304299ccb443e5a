using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Strata.Storage.Tests.Processes;

namespace Strata.Benchmarks.Archives;

/// <summary>Kills processes that compact, at random moments, and looks what is left.</summary>
internal static class KillsCommand
{
    private const int ProgressEvery = 50;

    public static Command Create()
    {
        var kills = Stores.Count("--kills", 1_000);
        var first = new Option<int>("--first") { Hidden = true };
        var command = new Command("kills", "Kills processes at random moments of their compactions, and recalls all that was acknowledged. "
            + "Interrupted, it prints what held so far.") { kills, first };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(Stores.Child) is { } name
            ? CompactAsync(Stores.Open(arguments, name), arguments.GetValue(first), cancellationToken)
            : RunAsync(Stores.Open(arguments), arguments.GetValue(kills), cancellationToken));
        return command;
    }

    private static async Task<int> CompactAsync(IArchiveStore store, int first, CancellationToken cancellationToken)
    {
        await using var archive = await store.OpenAsync(cancellationToken);
        await ArchiveChild.CompactAsync(archive, first, Console.Out, cancellationToken);
        return 0;
    }

    private static async Task<int> RunAsync(IArchiveStore store, int kills, CancellationToken cancellationToken)
    {
        await using var dropped = store;
        var watch = Stopwatch.StartNew();
        var children = new KilledChildren(
            first => Child.Start(Environment.ProcessPath!,
                [ArchiveCommand.Name, "kills", .. store.ChildArguments, "--first", first.ToString(CultureInfo.InvariantCulture)]),
            () => store.OpenAsync(cancellationToken));
        try
        {
            await children.RunAsync(kills, cancellationToken, () =>
            {
                if (children.Kills % ProgressEvery == 0)
                    Print(children, watch.Elapsed);
            });
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine("Interrupted: the archive was not looked at as a whole in the end.");
        }

        Print(children, watch.Elapsed);
        foreach (var fault in children.Faults)
            Console.WriteLine(fault);
        return children is { IsComplete: true, Faults: [], Acknowledged: not [] } ? 0 : 1;
    }

    private static void Print(KilledChildren children, TimeSpan elapsed) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{children.Kills:N0} kills, {children.Acknowledged.Count:N0} acknowledged compactions and appends, {children.Faults.Count:N0} "
            + $"that do not hold, {elapsed.TotalSeconds:N0} s"));
}
