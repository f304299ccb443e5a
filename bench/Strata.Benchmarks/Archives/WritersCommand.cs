using System.CommandLine;
using System.Globalization;
using Strata.Archives;
using Strata.Storage.Tests.Processes;

namespace Strata.Benchmarks.Archives;

/// <summary>Many processes append to one session of one archive.</summary>
internal static class WritersCommand
{
    private const string Session = "shared";
    private const int ProgressEvery = 5_000;

    public static Command Create()
    {
        var processes = Stores.Count("--processes", 8);
        var appends = Stores.Count("--appends", 100_000, "Of all processes together.");
        var writer = new Option<string>("--writer") { Hidden = true, DefaultValueFactory = _ => "" };
        var command = new Command("writers", "Several processes append to one session: none lost, none twice, each one's order kept. "
            + "Interrupted, it prints what held so far.") { processes, appends, writer };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(Stores.Child) is { } name
            ? AppendAsync(Stores.Open(arguments, name), arguments.GetValue(writer)!, arguments.GetValue(appends), cancellationToken)
            : RunAsync(Stores.Open(arguments), arguments.GetValue(processes), arguments.GetValue(appends), cancellationToken));
        return command;
    }

    private static async Task<int> AppendAsync(IArchiveStore store, string writer, int count, CancellationToken cancellationToken)
    {
        await using var archive = await store.OpenAsync(cancellationToken);
        await ArchiveChild.AppendAsync(archive, Session, writer, count, Console.Out, cancellationToken);
        return 0;
    }

    private static async Task<int> RunAsync(IArchiveStore store, int processes, int appends, CancellationToken cancellationToken)
    {
        await using var dropped = store;
        var each = Math.Max(1, appends / processes);
        await using var archive = await store.OpenAsync(cancellationToken);
        var log = new WrittenLog(Session);
        using var children = new AppendingChildren(processes, writer => Child.Start(
            Environment.ProcessPath!,
            [ArchiveCommand.Name, "writers", .. store.ChildArguments, "--writer", writer, "--appends",
                each.ToString(CultureInfo.InvariantCulture)]));
        await using (cancellationToken.Register(children.Kill))
        {
            await foreach (var total in children.ReadAsync())
            {
                if (total % ProgressEvery == 0)
                    await LookAsync(archive, log, children);
            }
        }

        var isWhole = !cancellationToken.IsCancellationRequested;
        if (!isWhole)
            Console.WriteLine("Interrupted.");
        // From the beginning, and by itself: what was there once may be gone.
        var fault = await LookAsync(archive, new WrittenLog(Session), children)
            ?? (isWhole
                ? children.Unfinished ?? await ArchiveCheck.FaultOfLogAsync(archive, Session, processes, each, CancellationToken.None)
                : null);
        if (fault is not null)
            Console.WriteLine(fault);
        // Children that were killed left it behind.
        await store.FinishIndexAsync(archive, CancellationToken.None);
        var findings = await ((IArchiveMaintenance)archive).CheckAsync(cancellationToken: CancellationToken.None);
        foreach (var finding in findings)
            Console.WriteLine($"{finding.Severity}: {finding.Place}: {finding.Message}");
        return isWhole && fault is null && findings.Count == 0 ? 0 : 1;
    }

    // Not ended by an interruption: it says what held so far.
    private static async Task<string?> LookAsync(IArchive archive, WrittenLog log, AppendingChildren children)
    {
        var (acknowledged, elapsed) = (children.Acknowledged, children.Elapsed);
        await log.ReadOnAsync(archive, CancellationToken.None);
        var (fault, total) = (log.FaultOf(acknowledged), acknowledged.Values.Sum());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{acknowledged.Count} processes, {total:N0} acknowledged appends, {elapsed.TotalSeconds:N1} s, "
                + $"{total / elapsed.TotalSeconds:N0} appends/s: {fault ?? "none lost, none twice, order kept"}"));
        return fault;
    }
}
