using System.Diagnostics;
using Strata.Archives;
using Strata.Benchmarks.Synthetic;
using Strata.Transcripts;

namespace Strata.Benchmarks.Archives;

/// <summary>Recalls and searches in an archive that is there.</summary>
/// <param name="count">Measured queries of each kind.</param>
internal sealed class LargeQueries(int count)
{
    /// <summary>Queries of each kind before the measured ones, so that those are not of a process that still compiles.</summary>
    public const int WarmUp = 20;

    private static readonly (string What, Func<Vocabulary, string> Words)[] Searches =
    [
        ("search, one word", words => words.Term()),
        ("search, three words", words => $"{words.Term()} {words.Term()} {words.Term()}"),
        ("search, a path", words => words.Path()),
        ("search, a sentence", words => words.Sentence()),
        ("search, an id that is nowhere", words => words.Hex(8)),
    ];

    private readonly Table _table = new("what", "queries", "p50, ms", "p99, ms", "longest, ms", "hits per query");

    /// <param name="store">Holds the archive.</param>
    /// <param name="first">A handle for the first recall.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<int> RunAsync(IArchiveStore store, string first, CancellationToken cancellationToken)
    {
        await using var archive = await store.OpenAsync(cancellationToken);
        await MeasureAsync("the process's first recall", 0, 1,
            _ => RecallAsync(Handle.TryParse(first, out var handle) ? handle : throw new ArgumentException($"'{first}' is no handle.")));
        await MeasureAsync("the process's first search", 0, 1, _ => SearchAsync(new Vocabulary(16).Term()));
        var handles = await HandlesAsync(archive, WarmUp + count, seed: 3, cancellationToken);
        await MeasureAsync("recall by handle", WarmUp, count, i => RecallAsync(handles[i]));
        foreach (var (what, words) in Searches)
        {
            var vocabulary = new Vocabulary(17);
            await MeasureAsync(what, WarmUp, count, _ => SearchAsync(words(vocabulary)));
        }

        _table.Print();
        return 0;

        async Task<int> SearchAsync(string words) =>
            (await archive.SearchAsync(new SearchQuery { Words = words }, cancellationToken)).Count;

        async Task<int> RecallAsync(Handle handle)
        {
            await archive.FindHandleAsync(handle, cancellationToken);
            return (await archive.FindOriginalsAsync(handle, cancellationToken)).Count;
        }
    }

    /// <summary>Handles of messages of any session.</summary>
    public static async Task<List<Handle>> HandlesAsync(IArchive archive, int count, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var sessions = await archive.ListSessionsAsync(10_000, cancellationToken);
        var handles = new List<Handle>();
        while (handles.Count < count)
        {
            var log = await archive.ReadLogAsync(sessions[random.Next(sessions.Count)].Id, random.Next(500), 4, cancellationToken);
            handles.AddRange(log.Select(message => Handle.Of(Transcript.Create([message]).MessageFingerprint(0))));
        }

        return [.. handles.OrderBy(_ => random.Next())];
    }

    private async Task MeasureAsync(string what, int unmeasured, int measured, Func<int, Task<int>> query)
    {
        for (var i = 0; i < unmeasured; i++)
            await query(i);
        var (times, found) = (new List<double>(), 0);
        for (var i = 0; i < measured; i++)
        {
            var watch = Stopwatch.StartNew();
            found += await query(unmeasured + i);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        _table.Add(what, times.Count, times[times.Count / 2], times[(int)(times.Count * .99)], times[^1], (double)found / measured);
    }
}
