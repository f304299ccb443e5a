using System.CommandLine;
using System.Runtime.CompilerServices;
using Strata.Archives;
using Strata.Benchmarks.Synthetic;
using Strata.Formats;
using Strata.Planning;

namespace Strata.Benchmarks.Archives;

/// <summary>Bytes on disk of archives that hold sessions, full-text index included, against the bytes of the sessions' text.</summary>
internal static class SizeCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "A folder of sets of session files; without it made-up conversations."
        };
        var documents = new Option<bool>("--documents") { Description = "Archives the session files too, as the command line does." };
        var command = new Command("size", "Bytes on disk of an archive per set of sessions, each compacted once, with its index.")
        {
            data,
            documents
        };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(() => Stores.Open(arguments), arguments.GetValue(data), arguments.GetValue(documents), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Func<IArchiveStore> create, DirectoryInfo? data, bool documents, CancellationToken cancellationToken)
    {
        var table =
            new Table("set", "sessions", "messages", "text as JSON, KB", "files, KB", "on disk, KB", "of the text, %", "of the files, %");
        if (data is null)
            await AddAsync(table, create(), "20 × 100,000 made-up tokens", MadeUp(), cancellationToken);
        var sets = data?.GetDirectories() ?? [];
        foreach (var set in sets.OrderBy(set => set.Name, StringComparer.Ordinal))
            await AddAsync(table, create(), set.Name, SessionsAsync(set, documents, cancellationToken), cancellationToken);
        table.Print();
        return 0;
    }

    private static async Task AddAsync(
        Table table, IArchiveStore store, string set, IAsyncEnumerable<(CompactionRequest Request, long FileBytes)> sessions,
        CancellationToken cancellationToken)
    {
        await using var dropped = store;
        long files = 0, messages = 0;
        var count = 0;
        await using (var archive = await store.OpenAsync(cancellationToken))
        {
            await foreach (var (request, fileBytes) in sessions)
            {
                if (!await CompactAsync(archive, request, cancellationToken))
                    continue;
                count++;
                messages += request.Messages.Count;
                files += fileBytes;
            }

            await store.FinishIndexAsync(archive, cancellationToken);
        }

        if (count == 0)
            return;
        // Opened again: closing is what brings the last of a log to its place.
        await using var closed = await store.OpenAsync(cancellationToken);
        var totals = await ((IArchiveMaintenance)closed).GetTotalsAsync(cancellationToken);
        var disk = totals.StoredBytes!.Value;
        table.Add(
            set, count, messages, totals.TextBytes / 1024, files == 0 ? "" : files / 1024, disk / 1024, 100.0 * disk / totals.TextBytes,
            files == 0 ? "" : 100.0 * disk / files);
    }

    private static IAsyncEnumerable<(CompactionRequest Request, long FileBytes)> MadeUp() => Enumerable.Range(0, 20)
        .Select(seed => (new CompactionRequest { Messages = Conversation.OfTokens(100_000, seed: seed), SessionId = $"{seed}" }, 0L))
        .ToAsyncEnumerable();

    private static async IAsyncEnumerable<(CompactionRequest Request, long FileBytes)> SessionsAsync(
        DirectoryInfo set, bool documents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in set.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
            if (SessionFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, SessionFormats.HeadLength))) is not { } format)
                continue;
            var session = await format.ReadAsync(new MemoryStream(bytes), cancellationToken);
            var document = documents ? new ArchivedDocument(format.Name, file.Name, bytes) : null;
            yield return (new CompactionRequest { Messages = session.Messages, SessionId = file.Name, Document = document }, bytes.Length);
        }
    }

    private static async Task<bool> CompactAsync(IArchive archive, CompactionRequest request, CancellationToken cancellationToken)
    {
        var compactor =
            new Compactor(new CompactionOptions { Strategy = CompactionStrategies.Default, Window = 100_000_000 }, archive: archive);
        var target = Math.Max(1, compactor.GetTokenUsage(request).Current / 5);
        var result = await compactor.CompactAsync(request with { Threshold = target, Target = target, Force = true }, cancellationToken);
        return result.Outcome == CompactionOutcome.Compacted;
    }
}
