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
        var tokens = Stores.Count("--tokens", 100_000);
        var runs = Stores.Count("--runs", 41, "Runs of each, of which the median is printed.");
        var command = new Command(
            "overhead", "Milliseconds of a warm compaction to 20 % at level 0, without and with an archive.") { tokens, runs };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Stores.Open(arguments), arguments.GetValue(tokens), arguments.GetValue(runs), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IArchiveStore store, int tokens, int runs, CancellationToken cancellationToken)
    {
        await using var dropped = store;
        await using var archive = await store.OpenAsync(cancellationToken);
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

        // Of a server the processor time is not in it: it is this process's.
        var table = new Table("tokens", "runs", "", "without, ms", "with, ms", "overhead, ms", "overhead, %", "middle half with, ms");
        Add(table, tokens, runs, "elapsed", without.ConvertAll(run => run.Wall), with.ConvertAll(run => run.Wall));
        Add(table, tokens, runs, "processor time", without.ConvertAll(run => run.Processor), with.ConvertAll(run => run.Processor));
        table.Print();
        return 0;
    }

    private static async Task<(double Wall, double Processor)> MeasureAsync(
        int tokens, int seed, IArchive? archive, CancellationToken cancellationToken)
    {
        var messages = Conversation.OfTokens(tokens, seed: seed);
        var compactor = new Compactor(
            new CompactionOptions
            {
                Strategy = CompactionStrategies.Default,
                Window = 100_000_000,
                Counter = new MessageCounter(BpeTokenizer.O200kBase)
            }, archive: archive);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var result = await compactor.CompactAsync(CompactionCase.Request(messages, tokens / 5), cancellationToken);
        var elapsed = watch.Elapsed.TotalMilliseconds;
        var spent = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds;
        return result.Outcome == CompactionOutcome.Compacted ? (elapsed, spent)
            : throw new InvalidOperationException($"{result.Outcome}: {result.Reason}");
    }

    private static void Add(Table table, int tokens, int runs, string what, List<double> without, List<double> with)
    {
        var (bare, kept) = (Quantile(without, .5), Quantile(with, .5));
        table.Add(tokens, runs, what, bare, kept, kept - bare, 100 * (kept - bare) / bare,
            FormattableString.Invariant($"{Quantile(with, .25):0.0}–{Quantile(with, .75):0.0}"));
    }

    private static double Quantile(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}
