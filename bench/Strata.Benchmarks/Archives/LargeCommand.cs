using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Benchmarks.Synthetic;
using Strata.Storage.Sqlite;
using Strata.Transcripts;

namespace Strata.Benchmarks.Archives;

/// <summary>Recall and search in an archive of very many originals.</summary>
internal static class LargeCommand
{
    public static Command Create()
    {
        var originals = new Option<int>("--originals") { DefaultValueFactory = _ => 1_000_000 };
        var queries = new Option<int>("--queries") { Description = "Recalls, and searches, of which the quantiles are printed.", DefaultValueFactory = _ => 1_000 };
        var path = new Option<FileInfo?>("--archive") { Description = "Is filled if it is not there, and stays; without it a temporary one." };
        var command = new Command("large", "Recall by handle and search in an archive of a million originals: milliseconds at the median and the 99th percentile.") { originals, queries, path };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(originals), arguments.GetValue(queries), arguments.GetValue(path), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int originals, int queries, FileInfo? file, CancellationToken cancellationToken)
    {
        using var folder = new ArchiveFolder();
        var path = file?.FullName ?? folder.Path;
        var watch = Stopwatch.StartNew();
        await FillAsync(path, originals, cancellationToken);
        Console.WriteLine(FormattableString.Invariant($"filled and indexed in {watch.Elapsed.TotalSeconds:0} s"));

        await using var archive = await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = path }, cancellationToken);
        var totals = await archive.GetTotalsAsync(cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{totals.Originals:N0} originals, {totals.TextBytes / 1e6:N0} MB as JSON, {totals.StoredBytes / 1e6:N0} MB on disk: {100.0 * totals.StoredBytes / totals.TextBytes:0.0} %"));
        var table = new Table("what", "queries", "p50, ms", "p99, ms", "longest, ms", "hits per query");
        await RecallAsync(archive, table, queries, cancellationToken);
        foreach (var (what, words) in Queries())
            await SearchAsync(archive, table, what, words, queries, cancellationToken);
        table.Print();
        return 0;
    }

    private static async Task FillAsync(string path, int originals, CancellationToken cancellationToken)
    {
        await using var archive = await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = path, Durability = Durability.Normal }, cancellationToken);
        var count = (await archive.GetTotalsAsync(cancellationToken)).Originals;
        for (var seed = (int)(count / 100); count < originals; seed++)
        {
            var conversation = Conversation.OfTokens(400_000, seed: seed);
            var transcript = Transcript.Create(conversation);
            var named = conversation.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message)).Distinct().ToList();
            await archive.AppendAsync($"session {seed}", named, cancellationToken: cancellationToken);
            count += named.Count;
            if (seed % 100 == 0)
                await archive.SearchAsync(new SearchQuery { Words = "index" }, cancellationToken);
        }

        await archive.SearchAsync(new SearchQuery { Words = "index" }, cancellationToken);
    }

    private static async Task RecallAsync(SqliteArchive archive, Table table, int queries, CancellationToken cancellationToken)
    {
        var random = new Random(3);
        var sessions = await archive.ListSessionsAsync(10_000, cancellationToken);
        var handles = new List<Handle>();
        while (handles.Count < queries)
        {
            var log = await archive.ReadLogAsync(sessions[random.Next(sessions.Count)].Id, random.Next(500), 4, cancellationToken);
            handles.AddRange(log.Select(message => Handle.Of(Transcript.Create([message]).MessageFingerprint(0))));
        }

        var times = new List<double>();
        var found = 0;
        foreach (var handle in handles.OrderBy(_ => random.Next()).Take(queries))
        {
            var watch = Stopwatch.StartNew();
            await archive.FindHandleAsync(handle, cancellationToken);
            found += (await archive.FindOriginalsAsync(handle, cancellationToken)).Count;
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        Add(table, "recall by handle", times, (double)found / queries);
    }

    private static async Task SearchAsync(
        SqliteArchive archive, Table table, string what, Func<Vocabulary, string> words, int queries, CancellationToken cancellationToken)
    {
        var vocabulary = new Vocabulary(17);
        var times = new List<double>();
        var found = 0;
        for (var i = 0; i < queries; i++)
        {
            var query = new SearchQuery { Words = words(vocabulary) };
            var watch = Stopwatch.StartNew();
            found += (await archive.SearchAsync(query, cancellationToken)).Count;
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        Add(table, what, times, (double)found / queries);
    }

    private static IEnumerable<(string What, Func<Vocabulary, string> Words)> Queries() =>
    [
        ("search, one word", words => words.Term()),
        ("search, three words", words => $"{words.Term()} {words.Term()} {words.Term()}"),
        ("search, a path", words => words.Path()),
        ("search, a sentence", words => words.Sentence()),
        ("search, an id that is nowhere", words => words.Hex(8)),
    ];

    private static void Add(Table table, string what, List<double> times, double hits)
    {
        times.Sort();
        table.Add(what, times.Count, times[times.Count / 2], times[(int)(times.Count * .99)], times[^1], hits);
    }
}
