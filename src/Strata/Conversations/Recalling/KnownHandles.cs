using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Conversations.Recalling;

/// <summary>
/// Which handles lead to something in an archive. A handle that stands in a text is not enough: anybody can write one, and that of another
/// session too.
/// </summary>
internal sealed class KnownHandles(IArchive archive, TimeProvider time)
{
    private const int Capacity = 10_000;

    // What leads nowhere now may be archived a moment later.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Handle Handle, Fingerprint Message), (string? Session, DateTimeOffset At)> _asked = new();

    /// <summary>The session of a conversation in which a handle leads somewhere; null when none does.</summary>
    /// <param name="messages">What is sent.</param>
    /// <param name="own">The session, where it is known; null: that of the first message that a compaction made, for nobody else can write
    /// just that one.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async ValueTask<string?> SessionOfAsync(IEnumerable<ChatMessage> messages, string? own, CancellationToken cancellationToken)
    {
        foreach (var (handle, message) in HandleScan.Find(messages))
        {
            if (await SessionOfAsync(handle, own is null ? CanonicalContent.Of(message) : default, cancellationToken)
                .ConfigureAwait(false) is { } session)
                return own ?? session;
        }

        return null;
    }

    private async ValueTask<string?> SessionOfAsync(Handle handle, Fingerprint message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_asked.TryGetValue((handle, message), out var known) && (known.Session is not null || now - known.At < AskAgain))
            return known.Session;
        string? session = null;
        foreach (var place in await archive.FindHandleAsync(handle, cancellationToken).ConfigureAwait(false))
        {
            if (message != default && !await HasMadeAsync(place, message, cancellationToken).ConfigureAwait(false))
                continue;
            session = place.SessionId;
            break;
        }

        if (_asked.Count >= Capacity)
            _asked.Clear();
        _asked[(handle, message)] = (session, now);
        return session;
    }

    private async ValueTask<bool> HasMadeAsync(HandlePlace place, Fingerprint message, CancellationToken cancellationToken) =>
        await archive.FindReceiptAsync(place.ReceiptId, cancellationToken).ConfigureAwait(false) is { } receipt
        && receipt.After.Any(after =>
            after.Fingerprint == message && (after.SourceIndex < 0 || receipt.Before[after.SourceIndex] != message));
}
