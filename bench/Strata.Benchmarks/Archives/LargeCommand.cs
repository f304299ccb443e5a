using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Benchmarks.Synthetic;
using Strata.Transcripts;

namespace Strata.Benchmarks.Archives;

/// <summary>Fills an archive with very many originals; a new process then recalls and searches: <see cref="LargeQueries"/>.</summary>
internal static class LargeCommand
{
    private const int ProgressEvery = 100_000;

    public static Command Create()
    {
        var originals = Stores.Count("--originals", 1_000_000);
        var queries = Stores.Count("--queries", 1_000, "Queries of each kind, of which the quantiles are printed.");
        var named = new Option<string?>("--archive")
        {
            Description = "A file, or a schema, that is filled if it is not yet, and stays; without it a temporary one."
        };
        var handle = new Option<string>("--handle") { Hidden = true, DefaultValueFactory = _ => "" };
        var command = new Command(
            "large",
            "Recall by handle and search in an archive of a million originals, in a process that did nothing before: the first recall and "
                + "the first search; then, after "
            + $"{LargeQueries.WarmUp} unmeasured queries of each kind, the median and the 99th percentile of each.")
            {
                originals,
                queries,
                named,
                handle
            };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(Stores.Child) is { } name
            ? new LargeQueries(arguments.GetValue(queries))
                .RunAsync(Stores.Open(arguments, name), arguments.GetValue(handle)!, cancellationToken)
            : RunAsync(Stores.Open(arguments, arguments.GetValue(named)), arguments.GetValue(originals), arguments.GetValue(queries),
                cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IArchiveStore store, int originals, int queries, CancellationToken cancellationToken)
    {
        await using var dropped = store;
        Handle handle;
        await using (var archive = await store.OpenAsync(cancellationToken, isFilling: true))
            await FillAsync(store, archive, originals, cancellationToken);
        await using (var archive = await store.OpenAsync(cancellationToken))
        {
            var totals = await ((IArchiveMaintenance)archive).GetTotalsAsync(cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{totals.Originals:N0} originals, {totals.TextBytes / 1e6:N0} MB as JSON, {totals.StoredBytes / 1e6:N0} MB on disk: "
                    + $"{100.0 * totals.StoredBytes / totals.TextBytes:0.0} %"));
            // So that the child need not read for it before its first recall.
            handle = (await LargeQueries.HandlesAsync(archive, 1, seed: 4, cancellationToken))[0];
        }

        Console.Write(await Child.RunAsync(
            Environment.ProcessPath!,
            [ArchiveCommand.Name, "large", .. store.ChildArguments, "--queries", queries.ToString(CultureInfo.InvariantCulture), "--handle",
                $"{handle}"],
            Environment.CurrentDirectory, cancellationToken));
        return 0;
    }

    private static async Task FillAsync(IArchiveStore store, IArchive archive, int originals, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var count = (await ((IArchiveMaintenance)archive).GetTotalsAsync(cancellationToken)).Originals;
        for (var seed = (int)(count / 100); count < originals; seed++)
        {
            var conversation = Conversation.OfTokens(400_000, seed: seed);
            var transcript = Transcript.Create(conversation);
            var named =
                conversation.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message)).Distinct().ToList();
            await archive.AppendAsync($"session {seed}", named, cancellationToken: cancellationToken);
            count += named.Count;
            if (count % ProgressEvery < named.Count && count < originals)
                await FinishAsync();
        }

        await FinishAsync();

        async Task FinishAsync()
        {
            await store.FinishIndexAsync(archive, cancellationToken);
            Console.WriteLine(
                FormattableString.Invariant($"{count:N0} originals are there and indexed, {watch.Elapsed.TotalSeconds:N0} s"));
        }
    }
}
