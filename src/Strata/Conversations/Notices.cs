using System.Collections.Concurrent;
using System.Diagnostics;
using Strata.Secrets;

namespace Strata.Conversations;

/// <summary>Tells of what is likely to be wrong, of each once. Nobody who is told can make it worse.</summary>
internal sealed class Notices(Action<ConversationNotice>? subscriber)
{
    // Names come from callers, who may make them up.
    private const int Capacity = 1_000;

    private readonly ConcurrentDictionary<(ConversationNoticeKind Kind, string? Model), bool> _told = new();

    public void Tell(ConversationNoticeKind kind, string? model, Func<string> message)
    {
        if (_told.Count >= Capacity || !_told.TryAdd((kind, model), true))
            return;
        var notice = new ConversationNotice(kind, message(), model);
        Trace.TraceWarning("{0}", notice.Message);
        try
        {
            subscriber?.Invoke(notice);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Trace.TraceWarning("A subscriber of notices failed: {0}", SecretRedactor.Redact(e.ToString()));
        }
    }
}
