using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Planning;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Benchmarks;

/// <summary>Time and allocation of each step of a compaction by size of the conversation, and of the turn after it.</summary>
internal static class SpeedCommand
{
    public static Command Create()
    {
        var sizes = new Option<int[]>("--sizes")
        {
            Description = "Tokens of the conversations.", DefaultValueFactory = _ => [10_000, 100_000, 1_000_000], AllowMultipleArgumentsPerToken = true,
        };
        var runs = new Option<int>("--runs") { Description = "Runs of which the median is printed.", DefaultValueFactory = _ => 5 };
        var strategy = new Option<string>("--strategy") { DefaultValueFactory = _ => CompactionStrategies.Default };
        var command = new Command("speed", "Plan and level-0 compaction of made-up conversations to 20 %: milliseconds and megabytes by size.") { sizes, runs, strategy };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(sizes)!, arguments.GetValue(runs), arguments.GetValue(strategy)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int[] sizes, int runs, string strategy, CancellationToken cancellationToken)
    {
        var steps = new[] { "group", "count", "plan", "plan + compact", "MB allocated", "next turn: usage", "next turn: compact" };
        var table = new Table(["tokens", "messages", .. steps.Select(step => step.StartsWith("MB", StringComparison.Ordinal) ? step : step + ", ms"), "ns/token"]);
        await MeasureAsync(Conversation.OfTokens(30_000), strategy, cancellationToken);
        foreach (var size in sizes)
        {
            var messages = Conversation.OfTokens(size);
            var measured = new List<double[]>();
            for (var i = 0; i < runs; i++)
                measured.Add(await MeasureAsync(messages, strategy, cancellationToken));
            var medians = Enumerable.Range(0, steps.Length).Select(step => Median(measured.Select(run => run[step]))).ToArray();
            table.Add([size, messages.Count, .. medians.Cast<object>(), medians[3] * 1e6 / size]);
        }

        table.Print();
        return 0;
    }

    private static async Task<double[]> MeasureAsync(IReadOnlyList<ChatMessage> messages, string strategy, CancellationToken cancellationToken)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var transcript = Transcript.Create(messages);
        var group = Lap(watch);
        var tokens = TokenMap.Measure(transcript, new MessageCounter(BpeTokenizer.O200kBase));
        var count = Lap(watch);
        var compactor = CompactionCase.CreateCompactor(strategy);
        var request = CompactionCase.Request(messages, target: tokens.Total / 5);
        GC.Collect();
        compactor.GetTokenUsage(request);
        watch.Restart();
        compactor.Plan(request);
        var plan = Lap(watch);

        compactor = CompactionCase.CreateCompactor(strategy);
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        watch.Restart();
        var result = await compactor.CompactAsync(request, cancellationToken);
        var compact = Lap(watch);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        if (result.Outcome != CompactionOutcome.Compacted)
            throw new InvalidOperationException($"{result.Outcome}: {result.Reason}");

        var grown = CompactionCase.Grow(messages);
        watch.Restart();
        compactor.GetTokenUsage(grown);
        var usage = Lap(watch);
        await compactor.CompactAsync(CompactionCase.Request(CompactionCase.Grow(grown), tokens.Total / 5), cancellationToken);
        var again = Lap(watch);
        return [group, count, plan, compact, allocated / 1e6, usage, again];
    }

    private static double Lap(Stopwatch watch)
    {
        var elapsed = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        return elapsed;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
