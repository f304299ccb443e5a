using System.CommandLine;
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
        var data = new Option<DirectoryInfo?>("--data") { Description = "A folder of sets of session files; without it made-up conversations." };
        var documents = new Option<bool>("--documents") { Description = "Archives the session files too, as the command line does." };
        var command = new Command("size", "Bytes on disk of an archive per set of sessions, each compacted once, with its index.") { data, documents };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(data) is { } folder
            ? RunAsync(folder, arguments.GetValue(documents), cancellationToken)
            : RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var table = Header();
        using var folder = new ArchiveFolder();
        long text = 0, messages = 0;
        await using (var archive = await folder.OpenAsync(cancellationToken))
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var conversation = Conversation.OfTokens(100_000, seed: seed);
                await CompactAsync(archive, new CompactionRequest { Messages = conversation, SessionId = $"{seed}" }, cancellationToken);
                messages += conversation.Count;
            }

            text = (await ((IArchiveMaintenance)archive).GetTotalsAsync(cancellationToken)).TextBytes;
        }

        Add(table, "20 × 100,000 made-up tokens", 20, messages, text, 0, folder.Bytes);
        table.Print();
        return 0;
    }

    private static async Task<int> RunAsync(DirectoryInfo data, bool documents, CancellationToken cancellationToken)
    {
        var table = Header();
        foreach (var set in data.EnumerateDirectories().OrderBy(set => set.Name, StringComparer.Ordinal))
        {
            using var folder = new ArchiveFolder();
            long files = 0, messages = 0, text = 0;
            var sessions = 0;
            await using (var archive = await folder.OpenAsync(cancellationToken))
            {
                foreach (var file in set.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
                {
                    var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
                    if (SessionFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, SessionFormats.HeadLength))) is not { } format)
                        continue;
                    var session = await format.ReadAsync(new MemoryStream(bytes), cancellationToken);
                    var request = new CompactionRequest
                    {
                        Messages = session.Messages,
                        SessionId = file.Name,
                        Document = documents ? new ArchivedDocument(format.Name, file.Name, bytes) : null,
                    };
                    if (!await CompactAsync(archive, request, cancellationToken))
                        continue;
                    sessions++;
                    messages += session.Messages.Count;
                    files += bytes.Length;
                }

                text = (await ((IArchiveMaintenance)archive).GetTotalsAsync(cancellationToken)).TextBytes;
            }

            if (sessions > 0)
                Add(table, set.Name, sessions, messages, text, files, folder.Bytes);
        }

        table.Print();
        return 0;
    }

    private static async Task<bool> CompactAsync(IArchive archive, CompactionRequest request, CancellationToken cancellationToken)
    {
        var compactor = new Compactor(new CompactionOptions { Strategy = CompactionStrategies.Default, Window = 100_000_000 }, archive: archive);
        var target = Math.Max(1, compactor.GetTokenUsage(request).Current / 5);
        var result = await compactor.CompactAsync(request with { Threshold = target, Target = target, Force = true }, cancellationToken);
        return result.Outcome == CompactionOutcome.Compacted;
    }

    private static Table Header() => new("set", "sessions", "messages", "text as JSON, KB", "files, KB", "on disk, KB", "of the text, %", "of the files, %");

    private static void Add(Table table, string set, int sessions, long messages, long text, long files, long disk) => table.Add(
        set, sessions, messages, text / 1024, files == 0 ? "" : files / 1024, disk / 1024, 100.0 * disk / text, files == 0 ? "" : 100.0 * disk / files);
}
