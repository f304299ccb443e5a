using Strata;
using Strata.Chat;
using Strata.Conversations;

namespace Microsoft.Extensions.AI;

/// <summary>Puts a compactor in front of a chat client.</summary>
public static class CompactingChatClientExtensions
{
    /// <summary>
    /// A client that keeps every conversation inside the window. Wrap it below function invocation (<c>UseFunctionInvocation</c> outside),
    /// so that each iteration of a tool loop passes through it.
    /// </summary>
    /// <param name="inner">Is sent what fits; disposed with the returned client.</param>
    /// <param name="compactor">Compacts; may serve many clients.</param>
    /// <param name="options">Null: the defaults.</param>
    public static IChatClient WithCompaction(this IChatClient inner, Compactor compactor, ConversationOptions? options = null) =>
        new CompactingChatClient(inner, compactor, options);
}
