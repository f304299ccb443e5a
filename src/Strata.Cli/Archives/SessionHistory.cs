using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Cli.Files;
using Strata.Formats;

namespace Strata.Cli.Archives;

/// <summary>All that an archive holds of a session, in order.</summary>
internal sealed class SessionHistory(IArchive archive)
{
    private static readonly JsonSerializerOptions LineOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The session as it was before its first compaction, with all that came until its last; of one that was never compacted its log.
    /// </summary>
    /// <returns>The session, and how many secrets in it are placeholders.</returns>
    public async ValueTask<(SessionFile File, int Secrets)> ReadAsync(ArchivedSession session, CancellationToken cancellationToken)
    {
        var receipts = await archive.ListReceiptsAsync(session.Id, int.MaxValue, cancellationToken).ConfigureAwait(false);
        if ((receipts.FirstOrDefault(receipt => receipt.UndoneAt is null) ?? receipts.FirstOrDefault()) is { } newest)
        {
            var restored = await new SessionRestorer(archive).RestoreAllAsync(newest, cancellationToken).ConfigureAwait(false);
            return (restored.File, restored.Secrets);
        }

        var log = await archive.ReadLogAsync(session.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        return (await SessionRestorer.WriteAsync(session.Id, SessionFormats.Find(SessionRestorer.DefaultFormat)!, log, cancellationToken)
            .ConfigureAwait(false), 0);
    }

    /// <summary>Messages as JSON lines.</summary>
    public static async ValueTask WriteLinesAsync(
        ArchivedSession session, IReadOnlyList<ChatMessage> messages, Stream stream, CancellationToken cancellationToken)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var line = new JsonObject
            {
                ["session"] = session.Id,
                ["name"] = session.Name,
                ["index"] = i,
                ["message"] = JsonSerializer.SerializeToNode(messages[i], AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatMessage))),
            };
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, LineOptions), cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }
}
