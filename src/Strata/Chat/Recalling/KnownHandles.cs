using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Chat.Recalling;

/// <summary>Which handles lead to something in an archive. A handle that stands in a text is not enough: anybody can write one.</summary>
internal sealed class KnownHandles(IArchive archive, TimeProvider time)
{
    private const int Capacity = 10_000;

    // What leads nowhere now may be archived a moment later.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Handle, (string? Session, DateTimeOffset At)> _asked = new();

    /// <summary>The session of the first handle in <paramref name="messages"/> that leads somewhere; null when none does.</summary>
    public async ValueTask<string?> SessionOfAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var handle in HandleScan.Find(messages))
        {
            if (await SessionOfAsync(handle, cancellationToken).ConfigureAwait(false) is { } session)
                return session;
        }

        return null;
    }

    private async ValueTask<string?> SessionOfAsync(Handle handle, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_asked.TryGetValue(handle, out var known) && (known.Session is not null || now - known.At < AskAgain))
            return known.Session;
        var places = await archive.FindHandleAsync(handle, cancellationToken).ConfigureAwait(false);
        if (_asked.Count >= Capacity)
            _asked.Clear();
        _asked[handle] = (places is [var newest, ..] ? newest.SessionId : null, now);
        return _asked.TryGetValue(handle, out known) ? known.Session : null;
    }
}
