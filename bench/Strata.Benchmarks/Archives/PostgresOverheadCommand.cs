using System.CommandLine;
using System.Diagnostics;
using Strata.Archives;
using Strata.Benchmarks.Synthetic;
using Strata.Planning;
using Strata.Tokens;

namespace Strata.Benchmarks.Archives;

/// <summary>A compaction without and with an archive, by turns in one process, each on a conversation that neither has seen.</summary>
internal static class PostgresOverheadCommand
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
        await using var bench = new PostgresBench(null);
        await using var archive = await bench.OpenAsync(cancellationToken);
        for (var (watch, seed) = (Stopwatch.StartNew(), 1_000_000); watch.Elapsed < WarmUp; seed++)
        {
            await MeasureAsync(30_000, seed, null, cancellationToken);
            await MeasureAsync(30_000, seed, archive, cancellationToken);
        }

        var (without, with) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            without.Add(await MeasureAsync(tokens, run, null, cancellationToken));
            with.Add(await MeasureAsync(tokens, run, archive, cancellationToken));
        }

        var table = new Table("tokens", "runs", "without, ms", "with, ms", "overhead, ms", "overhead, %", "quarter to three quarters with, ms");
        var (bare, kept) = (Quantile(without, .5), Quantile(with, .5));
        table.Add(tokens, runs, bare, kept, kept - bare, 100 * (kept - bare) / bare, FormattableString.Invariant($"{Quantile(with, .25):0.0}–{Quantile(with, .75):0.0}"));
        table.Print();
        return 0;
    }

    private static async Task<double> MeasureAsync(int tokens, int seed, IArchive? archive, CancellationToken cancellationToken)
    {
        var messages = Conversation.OfTokens(tokens, seed: seed);
        var compactor = new Compactor(
            new CompactionOptions { Strategy = CompactionStrategies.Default, Window = 100_000_000, Counter = new MessageCounter(BpeTokenizer.O200kBase) }, archive: archive);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var watch = Stopwatch.StartNew();
        var result = await compactor.CompactAsync(CompactionCase.Request(messages, tokens / 5), cancellationToken);
        var elapsed = watch.Elapsed.TotalMilliseconds;
        return result.Outcome == CompactionOutcome.Compacted ? elapsed : throw new InvalidOperationException($"{result.Outcome}: {result.Reason}");
    }

    private static double Quantile(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}
