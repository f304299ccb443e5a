using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>
/// Changes when contents are added to a message or replaced and when a text is set anew, as streaming does: against the rules, but cheap to
/// see. Equal stamps mean nothing unless the message is the same instance.
/// </summary>
internal static class MessageStamp
{
    public static int Of(ChatMessage message)
    {
        var stamp = new HashCode();
        // By index: this runs for every message of every call, and an enumerator is an object.
        for (var i = 0; i < message.Contents.Count; i++)
        {
            var content = message.Contents[i];
            stamp.Add(RuntimeHelpers.GetHashCode(content));
            stamp.Add(RuntimeHelpers.GetHashCode(content switch
            {
                TextContent text => text.Text,
                TextReasoningContent reasoning => reasoning.Text,
                FunctionResultContent result => result.Result,
                _ => null,
            }));
        }

        return stamp.ToHashCode();
    }
}
