using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Strata.Ranking;
using Strata.Ranking.Lexical;

namespace Strata.Benchmarks.Ranking;

/// <summary>The document ranker on test collections: what each part adds, beside BM25 in the same run, and how long it takes.</summary>
internal static class RankingCommand
{
    private const string Full = "+ feedback of the pool = Strata";
    private const int SpeedDocuments = 10_000;

    private static readonly LexicalParameters Words = new() { TitleWords = 0, Proximity = 0, Feedback = 0 };

    private static readonly LexicalParameters Peer = Words with { Saturation = .9f, LengthShare = .4f };

    private static readonly (string Name, LexicalParameters Parameters)[] Steps =
    [
        ("BM25 (0.9, 0.4), no stems", Peer with { Stems = false }),
        ("BM25 (0.9, 0.4), Porter", Peer),
        ("BM25 (1.2, 0.4), Porter", Words),
        ("+ title", Words with { TitleWords = new LexicalParameters().TitleWords }),
        ("+ neighbours", new() { Feedback = 0 }),
        ("+ feedback of the index", new() { PoolRounds = 0 }),
        (Full, LexicalParameters.Default),
        ("the same without neighbours", new() { Proximity = 0 }),
    ];

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "A folder with a folder for each collection: corpus.jsonl, queries.jsonl, qrels.tsv, pools.json.",
            Required = true
        };
        var runs = new Option<DirectoryInfo?>("--runs")
        {
            Description = "Where to write the rankings, {\"query\": [\"document\", …]}, for another scorer."
        };
        var command = new Command(
            "ranking", "Recall of the lexical document ranker on test collections, beside BM25, and its speed.") { data, runs };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(data)!, arguments.GetValue(runs), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo data, DirectoryInfo? runs, CancellationToken cancellationToken)
    {
        runs?.Create();
        foreach (var folder in data.GetDirectories().Where(folder => File.Exists(Path.Combine(folder.FullName, "pools.json")))
            .OrderBy(folder => folder.Name, StringComparer.Ordinal))
        {
            var set = await RankingSet.ReadAsync(folder.FullName, cancellationToken);
            Console.WriteLine($"{set.Name}: {set.Documents.Count:N0} documents, {set.Pools.Count} queries\n");
            var table = new Table(
                "ranker", "recall at 30 %, pools with collection", "MAP", "recall at 30 %, pools alone", "MAP",
                "recall at 30 %, collection", "MAP", "nDCG@10");
            foreach (var (name, parameters) in Steps)
                await AddAsync(table, set, name, parameters, name == Full ? runs : null, cancellationToken);
            table.Print();
            Speed(set);
        }

        return 0;
    }

    private static async Task AddAsync(
        Table table, RankingSet set, string name, LexicalParameters parameters, DirectoryInfo? runs, CancellationToken cancellationToken)
    {
        var index = LexicalIndex.Create(set.Documents, parameters, cancellationToken);
        var (informed, alone, whole) = (new RankingScores(), new RankingScores(), new RankingScores());
        var written = new Dictionary<string, Dictionary<string, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            ["informed"] = [],
            ["alone"] = [],
            ["whole"] = []
        };
        foreach (var (query, (candidates, relevant)) in set.Pools)
        {
            var text = set.Queries[query];
            Add(informed, "informed",
                index.Rank(text, among: candidates, cancellationToken: cancellationToken).Select(document => document.Index), relevant);
            var pool = LexicalIndex.Create([.. candidates.Select(candidate => set.Documents[candidate])], parameters, cancellationToken);
            Add(alone, "alone", pool.Rank(text, cancellationToken: cancellationToken).Select(document => candidates[document.Index]),
                relevant);
            Add(whole, "whole", index.Rank(text, cancellationToken: cancellationToken).Select(document => document.Index),
                set.Relevant[query]);

            void Add(RankingScores scores, string kind, IEnumerable<int> ranking, HashSet<int> wanted)
            {
                var ranked = ranking.ToList();
                scores.Add(ranked, wanted);
                written[kind][query] = ranked.Select(document => set.Documents[document].Id);
            }
        }

        table.Add(
            name, Number(informed.Recall), Number(informed.Precision), Number(alone.Recall), Number(alone.Precision), Number(whole.Recall),
            Number(whole.Precision),
            Number(whole.Gain));
        foreach (var (kind, rankings) in runs is null ? [] : written)
        {
            await using var file = File.Create(Path.Combine(runs!.FullName, $"{set.Name}-{kind}.json"));
            await JsonSerializer.SerializeAsync(file, rankings, cancellationToken: cancellationToken);
        }
    }

    private static string Number(double value) => value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);

    private static void Speed(RankingSet set)
    {
        // A collection of fewer documents is repeated.
        RankableDocument[] documents =
            [.. Enumerable.Range(0, SpeedDocuments).Select(i => set.Documents[i % set.Documents.Count] with { Id = $"{i}" })];
        var (builds, queries) = (new List<double>(), new List<double>());
        for (var run = 0; run < 7; run++)
        {
            var watch = Stopwatch.StartNew();
            var index = LexicalIndex.Create(documents);
            builds.Add(watch.Elapsed.TotalMilliseconds);
            foreach (var query in set.Queries.Values.Take(20))
            {
                watch.Restart();
                index.Rank(query, 10);
                queries.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        var table = new Table($"{SpeedDocuments:N0} documents, ms", "first", "median", "worst after the first");
        foreach (var (name, times) in new[] { ("index built", builds), ("one query", queries) })
            table.Add(name, times[0], times.Order().ElementAt(times.Count / 2), times.Skip(1).Max());
        table.Print();
    }
}
