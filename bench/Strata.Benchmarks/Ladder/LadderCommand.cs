using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Calls;
using Strata.Models;
using Strata.Ladder;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Benchmarks.Ladder;

/// <summary>What the ladder of models is sent while a session grows, and again after a restart.</summary>
internal static class LadderCommand
{
    private const int MaxOutputTokens = 8_000;

    public static Command Create()
    {
        var turns = new Option<int>("--turns") { Description = "How long the session grows.", DefaultValueFactory = _ => 500 };
        var window = new Option<int>("--window") { Description = "Tokens.", DefaultValueFactory = _ => 128_000 };
        var command = new Command(
            "ladder", "What models are sent to summarize a growing session: tokens, calls, repeated calls, time.") { turns, window };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(turns), arguments.GetValue(window), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int turns, int window, CancellationToken cancellationToken)
    {
        var table = new Table("history", "design", "turns", "session tokens", "compactions", "sent to models", "times the session",
            "level 1 calls", "level 2", "level 3", "calls a turn above level 1", "largest result");
        foreach (var keepsAll in (bool[])[false, true])
        {
            foreach (var wholeOnly in (bool[])[false, true])
                await GrowAsync(table, turns, window, keepsAll, wholeOnly, cancellationToken);
        }

        table.Print();
        await RestartAsync(turns, window, cancellationToken);
        await ParallelAsync(cancellationToken);
        return 0;
    }

    private static async Task GrowAsync(
        Table table, int turns, int window, bool keepsAll, bool wholeOnly, CancellationToken cancellationToken)
    {
        var models = new Models(TimeSpan.Zero);
        var compactor = models.CreateCompactor(window, wholeOnly, new InMemorySummaryStore());
        var session = new GrowingSession();
        IReadOnlyList<ChatMessage> messages = [];
        var (sessionTokens, compactions, largest) = (0L, 0, 0);
        for (var (turn, step) = (0, 1); turn < turns;)
        {
            var next = session.Next();
            turn += Transcript.Create(next).Turns.Count;
            sessionTokens += next.Sum(message => (long)compactor.Counter.Count(message).Total);
            messages = [.. messages, .. next];
            var result = await compactor.CompactAsync(messages, cancellationToken);
            if (result.Outcome == CompactionOutcome.Compacted)
            {
                compactions++;
                largest = Math.Max(largest, result.TokensAfter);
                if (!keepsAll)
                    messages = result.Messages;
            }

            if (turn >= turns * step / 5)
            {
                step++;
                table.Add(
                    keepsAll ? "whole" : "replaced", wholeOnly ? "one summary" : "ladder", turn, sessionTokens, compactions, models.Sent,
                    models.Sent / (double)sessionTokens,
                    models.One.Calls, models.Two.Calls, models.Three.Calls, (models.Two.Calls + models.Three.Calls) / (double)turn,
                    largest);
            }
        }
    }

    private static async Task RestartAsync(int turns, int window, CancellationToken cancellationToken)
    {
        var store = new InMemorySummaryStore();
        var messages = new List<ChatMessage>();
        var session = new GrowingSession();
        for (var turn = 0; turn < turns; turn++)
            messages.AddRange(session.Next());
        var table = new Table("run", "calls", "nodes in the store");
        foreach (var run in (string[])["first", "after a restart", "from a second replica"])
        {
            var models = new Models(TimeSpan.Zero);
            await models.CreateCompactor(window, wholeOnly: false, store).CompactAsync(messages, cancellationToken);
            table.Add(run, models.One.Calls + models.Two.Calls + models.Three.Calls, store.Count);
        }

        table.Print();
    }

    private static async Task ParallelAsync(CancellationToken cancellationToken)
    {
        var table = new Table("turns", "model", "parallel", "level 1 calls", "wall ms", "one after the other ms", "share");
        var session = new GrowingSession();
        var messages = Enumerable.Range(0, 100).SelectMany(_ => session.Next()).ToList();
        var models = new Models(TimeSpan.FromMilliseconds(200));
        // What runs for the first time is compiled while it runs; that is another measurement.
        await new Models(TimeSpan.Zero).CreateCompactor(128_000, wholeOnly: false, new InMemorySummaryStore())
            .CompactAsync(messages, MaxOutputTokens, cancellationToken: cancellationToken);
        var compactor = models.CreateCompactor(128_000, wholeOnly: false, new InMemorySummaryStore());
        var watch = Stopwatch.StartNew();
        await compactor.CompactAsync(messages, MaxOutputTokens, cancellationToken: cancellationToken);
        var calls = models.One.Calls + models.Two.Calls + models.Three.Calls;
        table.Add(100, "200 ms", models.One.MostUnderWay, models.One.Calls, watch.ElapsedMilliseconds, calls * 200,
            watch.ElapsedMilliseconds / (calls * 200.0));
        table.Print();
    }

    /// <summary>One model a level.</summary>
    private sealed class Models(TimeSpan delay)
    {
        private static readonly ITokenCounter Counter = ModelCatalogue.MessageCounterFor(ModelCatalogue.Default.Find("gpt-4o").Model).Text;

        public CountingClient One { get; } = new(Counter, 100, delay);

        public CountingClient Two { get; } = new(Counter, 250, delay);

        public CountingClient Three { get; } = new(Counter, 1_500, delay);

        public long Sent => One.InputTokens + Two.InputTokens + Three.InputTokens;

        public Compactor CreateCompactor(int window, bool wholeOnly, ISummaryStore store)
        {
            CallableModel Of(string name, CountingClient client) => new() { Name = name, Client = client, Window = 128_000 };
            var whole = LevelOptions.Whole([Of("bench/whole", Three)]);
            LadderOptions options = wholeOnly
                ? new() { Levels = [whole] }
                : new()
                {
                    Levels = [LevelOptions.PerTurn([Of("bench/turn", One)]), LevelOptions.PerTenTurns([Of("bench/ten", Two)]), whole]
                };
            return new Compactor(
                new CompactionOptions { Model = "gpt-4o", Window = window, Strategy = wholeOnly ? "summary" : "hierarchical" },
                new LadderSummarizer(options, store: store));
        }
    }
}
