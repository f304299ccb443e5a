using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Summaries;
using Strata.LevelZero;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Benchmarks.Level0;

/// <summary>Time and memory of the summarizer without a model, alone, by kind and size of the conversation.</summary>
internal static class Level0Command
{
    private sealed record Settings(string[] Kinds, int[] Sizes, int Runs, int Percent, DirectoryInfo? Sessions);

    public static Command Create()
    {
        var kinds = new Option<string[]>("--kinds")
        {
            Description = "Of: agent session, user's chat, meeting, real sessions.",
            AllowMultipleArgumentsPerToken = true
        };
        var sizes = new Option<int[]>("--sizes")
        {
            Description = "Tokens of the conversations.", DefaultValueFactory = _ => [250_000, 500_000, 1_000_000, 2_000_000],
            AllowMultipleArgumentsPerToken = true,
        };
        var runs = new Option<int>("--runs") { Description = "Runs of which the best is printed.", DefaultValueFactory = _ => 5 };
        var percent = new Option<int>("--percent")
        {
            Description = "Size of the summary, up to what the options allow one by default.",
            DefaultValueFactory = _ => 5
        };
        var sessions = new Option<DirectoryInfo?>("--sessions")
        {
            Description = "A folder of OpenAI chat sessions (*.json), joined to one."
        };
        var first = new Option<bool>("--first") { Description = "Prints only the milliseconds of the first summary of this process." };
        var command =
            new Command("level-0", "Summaries without a model: time, allocation and live heap by kind and size of the conversation.")
            {
                kinds, sizes, runs, percent, sessions, first,
            };
        command.SetAction((arguments, cancellationToken) =>
        {
            var folder = arguments.GetValue(sessions);
            string[] all =
                [SummaryTexts.Agent, SummaryTexts.Chat, SummaryTexts.Meeting, .. folder is null ? (string[])[] : [SummaryTexts.Real]];
            var settings = new Settings(
                arguments.GetValue(kinds) is { Length: > 0 } some ? some : all, arguments.GetValue(sizes)!, arguments.GetValue(runs),
                arguments.GetValue(percent), folder);
            return arguments.GetValue(first) ? FirstAsync(settings, cancellationToken) : RunAsync(settings, cancellationToken);
        });
        return command;
    }

    private static async Task<int> FirstAsync(Settings settings, CancellationToken cancellationToken)
    {
        var request = Request(await SummaryTexts.ReadAsync(settings.Kinds[0], settings.Sizes[0], settings.Sessions, cancellationToken),
            settings.Sizes[0], settings.Percent);
        var (wall, processor) = await TimeAsync(request, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall} {processor}"));
        return 0;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken cancellationToken)
    {
        var table = new Table(
            "kind", "tokens", "MB of text", "first of a process, ms", "its CPU, ms", "best, ms", "its CPU, ms", "CPU ns/token",
            "allocated, bytes/byte", "live heap, bytes/byte");
        foreach (var kind in settings.Kinds)
        {
            foreach (var size in settings.Sizes)
            {
                var messages = await SummaryTexts.ReadAsync(kind, size, settings.Sessions, cancellationToken);
                var tokens = messages.Sum(message => (long)new MessageCounter(BpeTokenizer.O200kBase).Count(message).Total);
                var bytes = messages.SelectMany(message => message.Contents)
                    .Sum(content => (double)Encoding.UTF8.GetByteCount(MessageText.Of(content) ?? ""));
                var request = Request(messages, tokens, settings.Percent);
                var first = await FirstOfProcessAsync(settings, kind, size, cancellationToken);
                var runs = new List<(double Wall, double Processor)>();
                for (var i = 0; i <= settings.Runs; i++)
                    runs.Add(await TimeAsync(request, cancellationToken));
                var processor = runs.Min(run => run.Processor);
                table.Add(
                    kind, tokens, bytes / 1e6, first[0], first[1], runs.Min(run => run.Wall), processor, processor * 1e6 / tokens,
                    await AllocatedAsync(request, cancellationToken) / bytes, await LiveAsync(request, cancellationToken) / bytes);
            }
        }

        table.Print();
        return 0;
    }

    private static SummaryRequest Request(IReadOnlyList<ChatMessage> messages, long tokens, int percent)
    {
        var transcript = Transcript.Create(messages);
        return new SummaryRequest
        {
            Transcript = transcript,
            Groups = [.. Enumerable.Range(0, transcript.Groups.Count)],
            MaxTokens = (int)Math.Min(tokens * percent / 100, new StrategyOptions().MaxSummaryTokens),
            Counter = BpeTokenizer.O200kBase,
        };
    }

    private static async Task<(double Wall, double Processor)> TimeAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await new ExtractiveSummarizer().SummarizeAsync(request, cancellationToken);
        return (watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }

    // The process makes the text for itself, so the runtime and the counter have started and level 0 is new to it.
    private static async Task<double[]> FirstOfProcessAsync(Settings settings, string kind, int size, CancellationToken cancellationToken)
    {
        List<string> arguments = ["level-0", "--first", "--kinds", kind, "--sizes", $"{size}", "--percent", $"{settings.Percent}"];
        if (settings.Sessions is { } folder)
            arguments.AddRange(["--sessions", folder.FullName]);
        var printed = await Child.RunAsync(Environment.ProcessPath!, arguments, Environment.CurrentDirectory, cancellationToken);
        return [.. printed.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    private static async Task<double> AllocatedAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await new ExtractiveSummarizer().SummarizeAsync(request, cancellationToken);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    // Another thread collects again and again, so what it then sees is alive; that slows the run down, which is not timed.
    private static async Task<double> LiveAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var done = new ManualResetEventSlim();
        var sampler = new Thread(() =>
        {
            do
            {
                GC.Collect();
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            }
            while (!done.Wait(TimeSpan.FromMilliseconds(10), CancellationToken.None));
        });
        sampler.Start();
        await new ExtractiveSummarizer().SummarizeAsync(request, cancellationToken);
        done.Set();
        sampler.Join();
        return peak - before;
    }
}
