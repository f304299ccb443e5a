using Microsoft.Extensions.AI;
using Strata.Conversations;

namespace Strata.Chat;

/// <summary>Sees whether the steps of a tool loop pass by a client.</summary>
internal static class FunctionInvocation
{
    // This library does not refer to the package that has it; where an application does not either, there is no such client.
    private static readonly Type? Loop =
        Type.GetType("Microsoft.Extensions.AI.FunctionInvokingChatClient, Microsoft.Extensions.AI", throwOnError: false);

    public static void TellWhereInside(IChatClient inner, Notices notices)
    {
        if (Loop is not null && inner.GetService(Loop) is not null)
            notices.Tell(ConversationNoticeKind.FunctionInvocationInside, model: null, () =>
                "Function invocation is inside of compaction, so the steps of a tool loop pass by it and may outgrow the window. With a "
                + "ChatClientBuilder, whose first Use is outermost: UseFunctionInvocation() first, then UseCompaction().");
    }
}
