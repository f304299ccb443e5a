using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>Carries out what a plan decided about the contents of a message that stays.</summary>
internal static class MessageShortener
{
    /// <summary>The message with its contents cut to their caps; the same instance when none is longer.</summary>
    public static ChatMessage Shorten(
        Transcript transcript, int index, ContentCaps caps, IReadOnlyList<SupersededRead>? superseded, TokenMap tokens)
    {
        var message = transcript.Messages[index];
        AIContent[]? changed = null;
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is FunctionResultContent read
                && superseded?.FirstOrDefault(one => one.CallId == read.CallId) is { CallId: not null } by)
            {
                changed ??= [.. message.Contents];
                changed[i] = SupersededResult.Of(read, by.WasChanged, caps.Results, tokens.Counter.Text);
                continue;
            }

            var cap = caps.For(message.Contents[i]);
            if (tokens.OfContent(index, i) <= cap)
                continue;
            if (message.Contents[i] is FunctionCallContent call)
                cap -= tokens.Counter.Text.Count(call.Name);   // the name counts as the call's, and stays
            var shorter =
                ContentShortener.Shorten(message.Contents[i], cap, tokens.Counter.Text, CallOf(message.Contents[i], transcript, index));
            if (ReferenceEquals(shorter, message.Contents[i]))
                continue;
            changed ??= [.. message.Contents];
            changed[i] = shorter;
        }

        if (changed is null)
            return message;
        var copy = message.Clone();
        copy.Contents = changed;
        copy.RawRepresentation = null;   // the provider's own object still holds the original, and its adapter would send that
        return copy;
    }

    // Calls and their results are of one group.
    private static FunctionCallContent? CallOf(AIContent content, Transcript transcript, int message) =>
        content is FunctionResultContent result
        ? transcript.Groups[transcript.GroupOfMessage[message]].Messages.SelectMany(answered => answered.Contents)
            .OfType<FunctionCallContent>()
            .FirstOrDefault(call => call.CallId == result.CallId)
        : null;
}
