using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Formats;
using Strata.Rendering;
using Strata.Tokens;

namespace Strata.Benchmarks;

/// <summary>Trims one conversation, and a growing one after every turn, here and with @langchain/core in the same run.</summary>
internal static class TrimCommand
{
    private const int Turns = 500;
    private const int MessagesPerTurn = 4;
    private const int TrimMessages = 1 + (51 * MessagesPerTurn);
    private const int MaxTokens = 50_000;

    public static Command Create()
    {
        var peer = new Argument<DirectoryInfo?>("PEER")
        {
            Description = "The folder bench/peers/langchain; without it only Strata is measured.", Arity = ArgumentArity.ZeroOrOne,
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long a growing session of the peer may take before it is stopped.",
            DefaultValueFactory = _ => 60
        };
        var command = new Command(
            "trim", "Trimming to 50 000 tokens and 500 turns of a growing session, against @langchain/core trimMessages.")
            {
                peer,
                seconds
            };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(peer)?.FullName, arguments.GetValue(seconds), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? peer, int seconds, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("strata-trim-").FullName, "conversation.json");
        try
        {
            await File.WriteAllBytesAsync(file, OpenAIJson.Write(Conversation.OfTurns(Turns)), cancellationToken);
            var ours = await MeasureAsync(await ReadAsync(file, cancellationToken), cancellationToken);
            Print(ours, peer is null ? [] : await MeasurePeerAsync(peer, file, seconds, cancellationToken));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }

        return 0;
    }

    private static async Task<JsonObject> MeasurePeerAsync(string peer, string file, int seconds, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(peer, "node_modules")))
            await Child.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], peer, cancellationToken);
        return JsonNode.Parse(await Child.RunAsync(
            "node", ["trim.mjs", file, $"{TrimMessages}", $"{MessagesPerTurn}", $"{MaxTokens}", $"{seconds}"], peer, cancellationToken))!
            .AsObject();
    }

    private static async Task<IReadOnlyList<ChatMessage>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var input = File.OpenRead(file);
        return (await SessionFormats.Find("openai-chat")!.ReadAsync(input, cancellationToken)).Messages;
    }

    private static async Task<Measured> MeasureAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var counter = new MessageCounter(BpeTokenizer.O200kBase);
        var conversation = messages.Take(TrimMessages).ToList();
        var plain = Stopwatch.StartNew();
        var tokens = conversation.Sum(message => counter.Count(message).Total);
        var plainTime = plain.Elapsed.TotalMilliseconds;

        var times = new List<double>();
        CompactionResult? trimmed = null;
        for (var run = 0; run < 21; run++)
        {
            // A new compactor each time: nothing is remembered, every message is counted again.
            var compactor = CompactionCase.CreateCompactor("sliding-window");
            var watch = Stopwatch.StartNew();
            trimmed = await compactor.CompactAsync(CompactionCase.Request(conversation, MaxTokens), cancellationToken);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        if (trimmed is not { Outcome: CompactionOutcome.Compacted } || ConversationValidator.Check(trimmed.Messages).Count > 0)
            throw new InvalidOperationException($"{trimmed?.Outcome}: {trimmed?.Reason}");

        var growing = CompactionCase.CreateCompactor("sliding-window");
        var turns = new List<double>();
        for (var length = 1 + MessagesPerTurn; length <= messages.Count; length += MessagesPerTurn)
        {
            var sofar = messages.Take(length).ToList();
            var watch = Stopwatch.StartNew();
            await growing.CompactAsync(CompactionCase.Request(sofar, MaxTokens), cancellationToken);
            turns.Add(watch.Elapsed.TotalMilliseconds);
        }

        return new Measured(conversation.Count, tokens, plainTime, times, trimmed.Messages.Count, trimmed.TokensAfter, turns);
    }

    private static void Print(Measured ours, JsonObject theirs)
    {
        Console.WriteLine($"{ours.Messages} messages, {ours.Tokens:N0} tokens, to {MaxTokens:N0}; session: {Turns} turns of "
            + $"{MessagesPerTurn} messages\n");
        var median = Median(ours.Trims);
        var trim =
            new Table("trim", "counter", "count once, ms", "first, ms", "median, ms", "messages kept", "tokens (o200k)", "times Strata");
        trim.Add("Strata, sliding-window", "o200k exact", ours.Plain, ours.Trims[0], median, ours.Kept, ours.KeptTokens, "1");
        var session = new Table(
            "growing session", "counter", "turns", "total, ms", "mean, ms", "worst, ms", "Strata, same turns, ms", "times Strata");
        session.Add("Strata, sliding-window", "o200k exact", ours.Turns.Count, ours.Turns.Sum(), ours.Turns.Average(), ours.Turns.Max(),
            ours.Turns.Sum(), "1");
        foreach (var (counter, result) in theirs)
        {
            var one = result!["trim"]!;
            var times = one["ms"]!.AsArray().Select(ms => ms!.GetValue<double>()).ToList();
            trim.Add("@langchain/core", counter, Number(result["plain"]), times[0], Median(times), (int)Number(one["kept"]),
                (int)Number(one["tokens"]), Median(times) / median);
            var grown = result["session"]!;
            var turns = (int)Number(grown["turns"]);
            var same = ours.Turns.Take(turns).Sum();
            session.Add("@langchain/core", counter, turns, Number(grown["ms"]), Number(grown["ms"]) / turns, Number(grown["worst"]), same,
                Number(grown["ms"]) / same);
        }

        trim.Print();
        session.Print();
    }

    private static double Number(JsonNode? node) => node!.GetValue<double>();

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private sealed record Measured(
        int Messages, int Tokens, double Plain, IReadOnlyList<double> Trims, int Kept, int KeptTokens, IReadOnlyList<double> Turns);
}
