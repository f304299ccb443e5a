using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;

namespace Strata.Benchmarks.Chat;

/// <summary>What a chat client costs in each iteration of a long tool loop, the model's own time aside.</summary>
internal static class ToolLoopCommand
{
    private sealed record Settings(
        int Iterations, int Window, int Runs, bool InBackground, int ResultWords, TimeSpan ModelTime, bool Archives);

    /// <param name="Milliseconds">From the call of the client to the call of the model, and from its answer to the client's.</param>
    /// <param name="Processor">Milliseconds of all threads, the model's included: it takes next to nothing.</param>
    private readonly record struct Iteration(double Milliseconds, double Processor, bool Compacted, int Messages, long Bytes);

    public static Command Create()
    {
        var iterations = new Option<int>("--iterations") { DefaultValueFactory = _ => 400 };
        var window = new Option<int>("--window") { Description = "Tokens.", DefaultValueFactory = _ => 32_000 };
        var runs = new Option<int>("--runs")
        {
            Description = "Loops, each with a client of its own; the first is a warm-up and is not counted.",
            DefaultValueFactory = _ => 6
        };
        var background = new Option<bool>("--background") { Description = "Compacts in the background." };
        var words = new Option<int>("--result-words") { Description = "Median length of a tool result.", DefaultValueFactory = _ => 120 };
        var model = new Option<int>("--model-ms")
        {
            Description = "How long the model takes to answer: in that time the background works."
        };
        var archive = new Option<bool>("--archive") { Description = "With an archive in memory, and so with recall tools." };
        var command = new Command(
            "tool-loop", "Time that a chat client with compaction takes in each iteration of a tool loop, the model's own time aside.")
        {
            iterations, window, runs, background, words, model, archive,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            new Settings(
                arguments.GetValue(iterations), arguments.GetValue(window), arguments.GetValue(runs), arguments.GetValue(background),
                arguments.GetValue(words),
                TimeSpan.FromMilliseconds(arguments.GetValue(model)), arguments.GetValue(archive)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken cancellationToken)
    {
        var measured = new List<Iteration[]>();
        for (var run = 0; run < settings.Runs; run++)
        {
            GC.Collect();
            measured.Add(await LoopAsync(settings, run, cancellationToken));
        }

        measured.RemoveAt(0);
        var table = new Table(["iterations", "messages", "median ms", "95 % ms", "max ms", "median CPU ms", "KB allocated"]);
        int[] marks = [1, 100, 200, 300, settings.Iterations];
        foreach (var mark in marks.Where(mark => mark <= settings.Iterations).Distinct())
        {
            // The neighbours too: one iteration of a few runs is a matter of luck.
            var around = measured.SelectMany(run => run.Skip(Math.Max(0, mark - 21)).Take(mark == 1 ? 1 : 21))
                .Where(iteration => !iteration.Compacted).ToList();
            table.Add(Row(mark == 1 ? "1" : string.Create(CultureInfo.InvariantCulture, $"{mark - 20}–{mark}"), around));
        }

        table.Add(Row("all that send", [.. measured.SelectMany(run => run).Where(iteration => !iteration.Compacted)]));
        var compacting = measured.SelectMany(run => run).Where(iteration => iteration.Compacted).ToList();
        if (compacting.Count > 0)
            table.Add(Row(
                string.Create(CultureInfo.InvariantCulture, $"the {(double)compacting.Count / measured.Count:0.#} a loop that compact"),
                compacting));
        table.Print();
        return 0;
    }

    private static object[] Row(string name, List<Iteration> iterations)
    {
        var times = iterations.Select(iteration => iteration.Milliseconds).Order().ToArray();
        var processor = iterations.Select(iteration => iteration.Processor).Order().ToArray();
        return
        [
            name, iterations.Max(iteration => iteration.Messages), times[times.Length / 2], times[times.Length * 95 / 100], times[^1],
            processor[processor.Length / 2],
            iterations.Average(iteration => iteration.Bytes) / 1e3,
        ];
    }

    private static async Task<Iteration[]> LoopAsync(Settings settings, int seed, CancellationToken cancellationToken)
    {
        var loop = new MadeUpLoop(seed, settings.ResultWords, settings.ModelTime);
        using var client = new CompactingChatClient(
            loop, new Compactor(new CompactionOptions { Window = settings.Window },
                archive: settings.Archives ? new InMemoryArchive() : null), new ConversationOptions { Background = settings.InBackground });
        var options = new ChatOptions { Instructions = "You are a careful engineer.", Tools = [.. MadeUpLoop.Tools] };
        var iterations = new Iteration[settings.Iterations];
        for (var i = 0; i < iterations.Length; i++)
        {
            var compactions = client.GetService<ConversationState>()?.CompactionCount ?? 0;
            var bytes = GC.GetTotalAllocatedBytes(precise: true);
            var processor = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.GetTimestamp();
            await client.GetResponseAsync(loop.Messages, options, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
            processor = Environment.CpuUsage.TotalTime - processor;
            bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
            iterations[i] = new Iteration(
                elapsed - loop.InModel.TotalMilliseconds, processor.TotalMilliseconds,
                client.GetService<ConversationState>()!.CompactionCount > compactions, loop.Messages.Count, bytes);
            loop.Grow();
        }

        return iterations;
    }
}
