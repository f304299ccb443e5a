using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Benchmarks.Synthetic;
using Strata.Storage.Postgres;
using Strata.Transcripts;

namespace Strata.Benchmarks.Archives;

/// <summary>Recall and search in an archive of very many originals.</summary>
internal static class PostgresLargeCommand
{
    public static Command Create()
    {
        var originals = new Option<int>("--originals") { DefaultValueFactory = _ => 200_000 };
        var queries = new Option<int>("--queries") { Description = "Recalls, and searches, of which the quantiles are printed.", DefaultValueFactory = _ => 1_000 };
        var schema = new Option<string?>("--schema") { Description = "Is filled if it is not there, and stays; without it a temporary one." };
        var command = new Command("large", "Recall by handle and search in a large archive: milliseconds at the median and the 99th percentile.") { originals, queries, schema };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(originals), arguments.GetValue(queries), arguments.GetValue(schema), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int originals, int queries, string? schema, CancellationToken cancellationToken)
    {
        await using var bench = new PostgresBench(schema);
        await using var archive = await bench.OpenAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        await FillAsync(archive, originals, cancellationToken);
        Console.WriteLine(FormattableString.Invariant($"filled in {watch.Elapsed.TotalSeconds:0} s"));
        var totals = await archive.GetTotalsAsync(cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{totals.Originals:N0} originals, {totals.TextBytes / 1e6:N0} MB as JSON, {totals.StoredBytes / 1e6:N0} MB on disk: {100.0 * totals.StoredBytes / totals.TextBytes:0.0} %"));
        var table = new Table("what", "queries", "p50, ms", "p99, ms", "longest, ms", "hits per query");
        await RecallAsync(archive, table, queries, cancellationToken);
        foreach (var (what, words) in Queries())
        {
            var vocabulary = new Vocabulary(17);
            await MeasureAsync(table, what, queries / 5, async _ => (await archive.SearchAsync(new SearchQuery { Words = words(vocabulary) }, cancellationToken)).Count);
        }

        table.Print();
        return 0;
    }

    private static async Task FillAsync(PostgresArchive archive, int originals, CancellationToken cancellationToken)
    {
        var count = (await archive.GetTotalsAsync(cancellationToken)).Originals;
        for (var seed = (int)(count / 100); count < originals; seed++)
        {
            var conversation = Conversation.OfTokens(400_000, seed: seed);
            var transcript = Transcript.Create(conversation);
            var named = conversation.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message)).Distinct().ToList();
            await archive.AppendAsync($"session {seed}", named, cancellationToken: cancellationToken);
            count += named.Count;
        }
    }

    private static async Task RecallAsync(PostgresArchive archive, Table table, int queries, CancellationToken cancellationToken)
    {
        var random = new Random(3);
        var sessions = await archive.ListSessionsAsync(10_000, cancellationToken);
        var handles = new List<Handle>();
        while (handles.Count < queries)
        {
            var log = await archive.ReadLogAsync(sessions[random.Next(sessions.Count)].Id, random.Next(500), 4, cancellationToken);
            handles.AddRange(log.Select(message => Handle.Of(Transcript.Create([message]).MessageFingerprint(0))));
        }

        await MeasureAsync(table, "recall by handle", queries, async i =>
        {
            await archive.FindHandleAsync(handles[i], cancellationToken);
            return (await archive.FindOriginalsAsync(handles[i], cancellationToken)).Count;
        });
    }

    private static IEnumerable<(string What, Func<Vocabulary, string> Words)> Queries() =>
    [
        ("search, one word", words => words.Term()),
        ("search, three words", words => $"{words.Term()} {words.Term()} {words.Term()}"),
        ("search, a path", words => words.Path()),
        ("search, a sentence", words => words.Sentence()),
        ("search, an id that is nowhere", words => words.Hex(8)),
    ];

    private static async Task MeasureAsync(Table table, string what, int queries, Func<int, Task<int>> query)
    {
        var (times, found) = (new List<double>(), 0);
        for (var i = 0; i < queries; i++)
        {
            var watch = Stopwatch.StartNew();
            found += await query(i);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        table.Add(what, times.Count, times[times.Count / 2], times[(int)(times.Count * .99)], times[^1], (double)found / queries);
    }
}
