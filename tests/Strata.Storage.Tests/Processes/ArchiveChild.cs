using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Storage.Tests.Processes;

/// <summary>What a child process does to an archive, until it has done or is killed. A line on the standard output acknowledges.</summary>
internal static class ArchiveChild
{
    /// <summary>The last line of a child that appends.</summary>
    public const string Done = "done";

    /// <summary>Compacts and appends conversation after conversation, the first of which has the number <paramref name="first"/>.</summary>
    public static async Task CompactAsync(
        IArchive archive, int first, TextWriter acknowledged, CancellationToken cancellationToken = default)
    {
        var compactor = new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive);
        for (var number = first; ; number++)
        {
            var messages = MadeUp.Conversation(number);
            var result = await compactor.CompactAsync(
                new CompactionRequest
                {
                    Messages = messages,
                    SessionId = SessionOf(number),
                    Threshold = 1_000,
                    Target = 1_000,
                    Force = true
                }, cancellationToken);
            await acknowledged.WriteLineAsync($"compacted {number} {result.Receipt!.Id}");
            await archive.AppendAsync(SessionOf(number), ArchiveCheck.Named(messages), $"{number}", cancellationToken);
            await acknowledged.WriteLineAsync($"appended {number}");
        }
    }

    /// <summary>
    /// Appends messages to one session, which others append to at the same time. A line says how many, the last one that it is done.
    /// </summary>
    public static async Task AppendAsync(
        IArchive archive, string session, string writer, int count, TextWriter acknowledged, CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < count; i++)
        {
            var message = new ChatMessage(ChatRole.User, string.Create(CultureInfo.InvariantCulture, $"{writer}:{i}"));
            await archive.AppendAsync(session, ArchiveCheck.Named([message]), $"{writer}:{i}", cancellationToken);
            await acknowledged.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{i + 1}"));
        }

        await acknowledged.WriteLineAsync(Done);
    }

    /// <summary>Several conversations share a session.</summary>
    public static string SessionOf(int number) => string.Create(CultureInfo.InvariantCulture, $"session {number / 5}");
}
