using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Conversations.Recalling;

/// <summary>
/// What the model recalled while it answered: its calls and their results. The caller never sees them; they are sent again until the turn
/// ends, for a tool loop asks the model many times in one turn.
/// </summary>
/// <param name="Prefix">The conversation that was being answered.</param>
/// <param name="At">Messages in it: the answer has this index in the history.</param>
/// <param name="Messages">In order; calls and results are complete.</param>
/// <param name="Tokens">Tokens of them.</param>
internal sealed record RecallExchange(Fingerprint Prefix, int At, IReadOnlyList<ChatMessage> Messages, long Tokens)
{
    /// <summary>Whether <paramref name="call"/> goes on with the turn in which this was recalled.</summary>
    public bool Holds(ConversationCall call)
    {
        if (At > call.Messages.Length || call.History.Prefix(At) != Prefix)
            return false;
        for (var i = At; i < call.Messages.Length; i++)
        {
            if (call.Messages[i].Role == ChatRole.User)
                return false;
        }

        return true;
    }
}
