using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Benchmarks.Synthetic;
using Strata.Planning;
using Strata.Tokens;

namespace Strata.Benchmarks.Archives;

/// <summary>A compaction without and with an archive, by turns in one process, each on a conversation that neither has seen.</summary>
internal static class OverheadCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var tokens = new Option<int>("--tokens") { DefaultValueFactory = _ => 100_000 };
        var runs = new Option<int>("--runs") { Description = "Runs of each, of which the median is printed.", DefaultValueFactory = _ => 41 };
        var command = new Command("overhead", "Milliseconds of a warm compaction to 20 % at level 0, without and with an archive.") { tokens, runs };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(tokens), arguments.GetValue(runs), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int tokens, int runs, CancellationToken cancellationToken)
    {
        using var folder = new ArchiveFolder();
        await using var archive = await folder.OpenAsync(cancellationToken);
        for (var (watch, seed) = (Stopwatch.StartNew(), 1_000_000); watch.Elapsed < WarmUp; seed++)
        {
            await MeasureAsync(30_000, seed, null, cancellationToken);
            await MeasureAsync(30_000, seed, archive, cancellationToken);
        }

        var (without, with) = (new List<(double Wall, double Processor)>(), new List<(double Wall, double Processor)>());
        for (var run = 0; run < runs; run++)
        {
            without.Add(await MeasureAsync(tokens, run, null, cancellationToken));
            with.Add(await MeasureAsync(tokens, run, archive, cancellationToken));
        }

        var table = new Table("tokens", "runs", "", "without, ms", "with, ms", "overhead, ms", "overhead, %");
        Add(table, tokens, runs, "elapsed", without.ConvertAll(run => run.Wall), with.ConvertAll(run => run.Wall));
        Add(table, tokens, runs, "processor time", without.ConvertAll(run => run.Processor), with.ConvertAll(run => run.Processor));
        table.Print();
        return 0;
    }

    private static async Task<(double Wall, double Processor)> MeasureAsync(int tokens, int seed, IArchive? archive, CancellationToken cancellationToken)
    {
        var messages = Conversation.OfTokens(tokens, seed: seed);
        var compactor = new Compactor(
            new CompactionOptions { Strategy = CompactionStrategies.Default, Window = 100_000_000, Counter = new MessageCounter(BpeTokenizer.O200kBase) }, archive: archive);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var result = await compactor.CompactAsync(CompactionCase.Request(messages, tokens / 5), cancellationToken);
        var elapsed = watch.Elapsed.TotalMilliseconds;
        return result.Outcome == CompactionOutcome.Compacted ? (elapsed, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds) : throw new InvalidOperationException($"{result.Outcome}: {result.Reason}");
    }

    private static void Add(Table table, int tokens, int runs, string what, List<double> without, List<double> with)
    {
        var (bare, kept) = (Median(without), Median(with));
        table.Add(tokens, runs, what, bare, kept, kept - bare, 100 * (kept - bare) / bare);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
