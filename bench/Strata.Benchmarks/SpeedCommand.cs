using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Planning;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Benchmarks;

/// <summary>Time and allocation of each step of a compaction by size of the conversation, and of the turn after it.</summary>
internal static class SpeedCommand
{
    // Until the runtime has compiled the loops a second time, with what it learnt from the first.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private sealed record Settings(int[] Sizes, int Runs, string Strategy, int ResultChars);

    public static Command Create()
    {
        var sizes = new Option<int[]>("--sizes")
        {
            Description = "Tokens of the conversations.", DefaultValueFactory = _ => [10_000, 100_000, 1_000_000],
            AllowMultipleArgumentsPerToken = true,
        };
        var runs = new Option<int>("--runs") { Description = "Runs of which the median is printed.", DefaultValueFactory = _ => 9 };
        var strategy = new Option<string>("--strategy") { DefaultValueFactory = _ => CompactionStrategies.Default };
        var chars = new Option<int>("--result-chars")
        {
            Description = "Median length of a tool result; a tail is far longer.",
            DefaultValueFactory = _ => 1_200
        };
        var first = new Option<bool>("--first")
        {
            Description = "Prints only the milliseconds of the first compaction of this process, for the first size."
        };
        var command =
            new Command("speed", "Plan and level-0 compaction of made-up conversations to 20 %: milliseconds and megabytes by size.")
            {
                sizes, runs, strategy, chars, first,
            };
        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = new Settings(
                arguments.GetValue(sizes)!, arguments.GetValue(runs), arguments.GetValue(strategy)!, arguments.GetValue(chars));
            return arguments.GetValue(first) ? FirstAsync(settings, cancellationToken) : RunAsync(settings, cancellationToken);
        });
        return command;
    }

    private static async Task<int> FirstAsync(Settings settings, CancellationToken cancellationToken)
    {
        var messages = Conversation.OfTokens(settings.Sizes[0], settings.ResultChars);
        var watch = Stopwatch.StartNew();
        await CompactionCase.CreateCompactor(settings.Strategy)
            .CompactAsync(CompactionCase.Request(messages, settings.Sizes[0] / 5), cancellationToken);
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken cancellationToken)
    {
        string[] steps =
        [
            "group, ms", "count, ms", "plan, ms", "plan + compact, ms", "CPU, ms", "MB allocated", "next turn: usage, ms",
            "next turn: compact, ms",
        ];
        var table = new Table(["tokens", "messages", "first of a process, ms", .. steps, "ns/token"]);
        var small = Conversation.OfTokens(30_000, settings.ResultChars);
        for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed < WarmUp;)
            await MeasureAsync(small, settings.Strategy, cancellationToken);
        foreach (var size in settings.Sizes)
        {
            var messages = Conversation.OfTokens(size, settings.ResultChars);
            var measured = new List<double[]>();
            for (var i = 0; i < settings.Runs; i++)
                measured.Add(await MeasureAsync(messages, settings.Strategy, cancellationToken));
            var medians = Enumerable.Range(0, steps.Length).Select(step => Median(measured.Select(run => run[step]))).ToArray();
            table.Add([size, messages.Count, await FirstOfProcessAsync(settings, size, cancellationToken), .. medians.Cast<object>(),
                medians[3] * 1e6 / size]);
        }

        table.Print();
        return 0;
    }

    // The process makes the text for itself, so the runtime and the counter have started and the rest of Strata is new to it.
    private static async Task<double> FirstOfProcessAsync(Settings settings, int size, CancellationToken cancellationToken) => double.Parse(
        await Child.RunAsync(
            Environment.ProcessPath!,
            ["speed", "--first", "--sizes", $"{size}", "--strategy", settings.Strategy, "--result-chars", $"{settings.ResultChars}"],
            Environment.CurrentDirectory, cancellationToken),
        CultureInfo.InvariantCulture);

    private static async Task<double[]> MeasureAsync(
        IReadOnlyList<ChatMessage> messages, string strategy, CancellationToken cancellationToken)
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
        var processor = Environment.CpuUsage.TotalTime;
        watch.Restart();
        var result = await compactor.CompactAsync(request, cancellationToken);
        var compact = Lap(watch);
        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        if (result.Outcome != CompactionOutcome.Compacted)
            throw new InvalidOperationException($"{result.Outcome}: {result.Reason}");

        var grown = CompactionCase.Grow(messages);
        watch.Restart();
        compactor.GetTokenUsage(grown);
        var usage = Lap(watch);
        await compactor.CompactAsync(CompactionCase.Request(CompactionCase.Grow(grown), tokens.Total / 5), cancellationToken);
        var again = Lap(watch);
        return [group, count, plan, compact, processor.TotalMilliseconds, allocated / 1e6, usage, again];
    }

    private static double Lap(Stopwatch watch)
    {
        var elapsed = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        return elapsed;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
