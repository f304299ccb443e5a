using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Strata.Storage.Tests.Processes;

namespace Strata.Benchmarks.Archives;

/// <summary>Many processes append to one session on one server.</summary>
internal static class PostgresWritersCommand
{
    public static Command Create()
    {
        var processes = new Option<int>("--processes") { DefaultValueFactory = _ => 8 };
        var appends = new Option<int>("--appends") { Description = "Of all processes together.", DefaultValueFactory = _ => 100_000 };
        var child = new Option<string?>("--child") { Hidden = true };
        var writer = new Option<string>("--writer") { Hidden = true, DefaultValueFactory = _ => "" };
        var command = new Command("writers", "Several processes append to one session: none lost, none twice, each one's order kept.") { processes, appends, child, writer };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(child) is { } schema
            ? AppendAsync(schema, arguments.GetValue(writer)!, arguments.GetValue(appends), cancellationToken)
            : RunAsync(arguments.GetValue(processes), arguments.GetValue(appends), cancellationToken));
        return command;
    }

    private static async Task<int> AppendAsync(string schema, string writer, int count, CancellationToken cancellationToken)
    {
        await using var archive = await PostgresBench.OpenAsync(schema, cancellationToken);
        await ArchiveChild.AppendAsync(archive, "shared", writer, count, Console.Out, cancellationToken);
        return 0;
    }

    private static async Task<int> RunAsync(int processes, int appends, CancellationToken cancellationToken)
    {
        await using var bench = new PostgresBench(null);
        var each = appends / processes;
        var watch = Stopwatch.StartNew();
        var output = await Task.WhenAll(Enumerable.Range(0, processes).Select(writer => Child.RunAsync(
            Environment.ProcessPath!,
            ["archive-postgres", "writers", "--child", bench.Schema, "--writer", $"{writer}", "--appends", each.ToString(CultureInfo.InvariantCulture)],
            Environment.CurrentDirectory, cancellationToken)));
        var elapsed = watch.Elapsed;
        await using var archive = await bench.OpenAsync(cancellationToken);
        var fault = output.All(text => text.Trim() == "done") ? await ArchiveCheck.FaultOfLogAsync(archive, "shared", processes, each, cancellationToken) : "a writer failed";
        Console.WriteLine(FormattableString.Invariant(
            $"{processes} processes, {processes * each:N0} appends, {elapsed.TotalSeconds:0.0} s, {processes * each / elapsed.TotalSeconds:N0} appends/s: {fault ?? "none lost, none twice, order kept"}"));
        var findings = await archive.CheckAsync(cancellationToken: cancellationToken);
        foreach (var finding in findings)
            Console.WriteLine($"{finding.Severity}: {finding.Place}: {finding.Message}");
        return fault is null && findings.Count == 0 ? 0 : 1;
    }
}
