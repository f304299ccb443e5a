using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Secrets;

/// <summary>
/// What a summarizer is given passes here: the same conversation, in the same groups and under the same names, with placeholders in the
/// places of secrets. What is read, quoted, cut or taken apart afterwards holds no secret that <see cref="SecretRedactor"/> knows.
/// </summary>
/// <remarks>
/// Secrets go before anything is cut, because half a key is not known for one. A message is searched once, however often the conversation
/// is compacted.
/// </remarks>
internal static class SecretGate
{
    private static readonly ConditionalWeakTable<Transcript, Transcript> Transcripts = [];
    private static readonly ConditionalWeakTable<ChatMessage, Searched> Messages = [];

    /// <summary>The transcript without secrets; the same instance where it holds none.</summary>
    public static Transcript Pass(Transcript transcript)
    {
        if (Transcripts.TryGetValue(transcript, out var known))
            return known;
        var passed = transcript.Select(Pass);
        Transcripts.AddOrUpdate(transcript, passed);
        if (!ReferenceEquals(passed, transcript))
            Transcripts.AddOrUpdate(passed, passed);
        return passed;
    }

    /// <summary>The message without secrets; the same instance where it holds none.</summary>
    public static ChatMessage Pass(ChatMessage message)
    {
        var stamp = MessageStamp.Of(message);
        if (Messages.TryGetValue(message, out var known) && known.Stamp == stamp)
            return known.Clean ?? message;
        var clean = MessageRedactor.Redact(message);

        // A message that holds none is not named by its own entry, which would keep it alive.
        Messages.AddOrUpdate(message, new Searched(stamp, ReferenceEquals(clean, message) ? null : clean));
        return clean;
    }

    private sealed record Searched(int Stamp, ChatMessage? Clean);
}
