using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Strata.Tokens;

namespace Strata.Benchmarks.Tokens;

/// <summary>Exact counting on one thread, here and with npm packages in the same run.</summary>
internal static class TokensCommand
{
    private const int Passes = 11;

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "A folder of *.txt files, each a corpus." };
        var peer = new Argument<DirectoryInfo>("PEER") { Description = "The folder bench/peers/tokens." };
        var command = new Command(
            "tokens", "Megabytes of text counted with o200k_base in a second, against npm tiktoken and gpt-tokenizer.") { folder, peer };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(folder)!.FullName, arguments.GetValue(peer)!.FullName, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string peer, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(peer, "node_modules")))
            await Child.RunAsync("npm", ["install", "--no-audit", "--no-fund"], peer, cancellationToken);
        Table table = new(["corpus", "MB", "tokens", "first pass, MB/s", "median, MB/s", "best, MB/s", "tiktoken (WASM), MB/s",
            "gpt-tokenizer, MB/s", "× tiktoken", "same count"]);
        foreach (var name in Corpora.Names(folder))
        {
            var messages = Corpora.Messages(folder, name);
            var ours = Measure(messages);
            var theirs =
                JsonNode.Parse(await Child.RunAsync("node", ["speed.mjs", Path.Combine(folder, name + ".txt")], peer, cancellationToken))!;
            var tiktoken = theirs["tiktoken"]!;
            table.Add([
                name, Corpora.Megabytes(messages), ours.Tokens, ours.First, ours.Median, ours.Best, Speed(tiktoken),
                Speed(theirs["gpt-tokenizer"]!),
                ours.Median / Speed(tiktoken), ours.Tokens == (long)tiktoken["tokens"]! ? "yes" : "no",
            ]);
        }

        table.Print();
        return 0;

        static double Speed(JsonNode node) => (double)node["megabytesPerSecond"]!;
    }

    /// <summary>Best takes the fastest pass of each message, which leaves out what else the machine was doing.</summary>
    private static (long Tokens, double First, double Median, double Best) Measure(string[] messages)
    {
        var best = new TimeSpan[messages.Length];
        Array.Fill(best, TimeSpan.MaxValue);
        List<double> seconds = [];
        long tokens = 0;
        for (var pass = 0; pass < Passes; pass++)
        {
            tokens = 0;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < messages.Length; i++)
            {
                var before = Stopwatch.GetTimestamp();
                tokens += BpeTokenizer.O200kBase.Count(messages[i]);
                var elapsed = Stopwatch.GetElapsedTime(before);
                best[i] = elapsed < best[i] ? elapsed : best[i];
            }

            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var megabytes = Corpora.Megabytes(messages);
        return (tokens, megabytes / seconds[0], megabytes / seconds.Order().ElementAt(Passes / 2),
            megabytes / best.Sum(time => time.TotalSeconds));
    }
}
