using Microsoft.Extensions.AI;
using Strata.Transcripts;
using Strata.Transcripts.Pairs;

namespace Strata.Planning;

/// <summary>Finds the groups that may not be dropped.</summary>
internal static class Pins
{
    public static Pin[] Find(Transcript transcript, IReadOnlySet<int> pinnedByUser)
    {
        var pins = new Pin[transcript.Groups.Count];
        int? latest = null;
        var answered = false;
        // A client's frame behind the newest results is no answer to them.
        var last = transcript.Groups.LastOrDefault(group => !group.IsInjected)?.Index;
        for (var i = transcript.Groups.Count - 1; i >= 0; i--)
        {
            var group = transcript.Groups[i];
            pins[i] = group.Kind switch
            {
                GroupKind.System => Pin.System,
                GroupKind.Summary => Pin.Summary,
                // What is sent with the newest request stands last, and is of this moment; what is sent once is nowhere else.
                GroupKind.User when group.IsInjected && (i == transcript.Groups.Count - 1 || InjectedText.IsSentOnce(group)) =>
                    Pin.ClientContext,
                // A call that the assistant went on without will never be answered; a call before anything else was said still may.
                GroupKind.ToolCall when group.OpenCalls.Count > 0 && ((!answered && !WentOn(group)) || AwaitsApproval(group)) =>
                    Pin.OpenCalls,
                // What holds a call that nobody will answer cannot be sent, whatever else it holds.
                GroupKind.ToolCall when i == last && group.OpenCalls.Count == 0 && group.Messages[^1].Role != ChatRole.Assistant =>
                    Pin.UnreadResults,
                _ => Pin.None,
            };
            answered |= group.Kind is GroupKind.Assistant or GroupKind.ToolCall;
            if (group is { Kind: GroupKind.User, IsInjected: false })
                latest ??= i;
        }

        // A job that no human started has its task from the client.
        var first = FirstRequest.In(transcript)?.Index
            ?? transcript.Groups.FirstOrDefault(group => group.Kind == GroupKind.User && pins[group.Index] != Pin.ClientContext)?.Index;
        if (first is { } task)
            pins[task] = Pin.FirstTask;
        if (latest is { } newest)
            pins[newest] = pins[newest] == Pin.None ? Pin.LatestUser : pins[newest];
        if (LatestRequest.AnswerIn(transcript)?.Index is { } answer && pins[answer] == Pin.None)
            pins[answer] = Pin.LatestAnswer;
        foreach (var group in transcript.Groups)
        {
            if (group.MessageIndexes[^1] < transcript.CoveredMessages)
                pins[group.Index] = Pin.Covered;
            else if (group.Messages.Any(message => message.Contents.Any(OpaqueContent.IsUnknown)))
                pins[group.Index] = Pin.Opaque;
        }

        foreach (var pinned in pinnedByUser)
            pins[pinned] = Pin.User;
        return pins;
    }

    // The user may approve at any time, whatever was said meanwhile.
    private static bool AwaitsApproval(MessageGroup group) => group.Messages.SelectMany(message => message.Contents)
        .Any(content => content is ToolApprovalRequestContent request && group.OpenCalls.Contains(request.RequestId));

    /// <summary>Whether the assistant spoke again after results came, in another message than the one whose calls are open.</summary>
    private static bool WentOn(MessageGroup group)
    {
        bool IsOpen(ChatMessage message, PairSide side) =>
            PairKinds.Of(message).Any(end => end.Side == side && group.OpenCalls.Contains(end.Id));
        var open = group.Messages.First(message => IsOpen(message, PairSide.Call));
        return group.Messages.SkipWhile(message => !ReferenceEquals(message, open)).Skip(1)
            .Where(message => message.Role == ChatRole.Assistant && !(message.MessageId is { } id && id == open.MessageId))
            // What the code of an open call asks for is said while that call runs.
            .Any(message => !IsOpen(message, PairSide.Part) && !message.Contents.All(content =>
                content is TextReasoningContent || PairKinds.Of(content).Any(end => end.Side == PairSide.Call)));
    }

    /// <summary>
    /// Whether the summary may tell the group where there is no room for a message of its own. An answer goes with the request that it
    /// answers: one that stays as it is keeps its answer.
    /// </summary>
    public static bool MayBeTold(Pin[] pins, int group) => pins[group] switch
    {
        Pin.FirstTask or Pin.LatestUser or Pin.UnreadResults => true,
        Pin.LatestAnswer => Array.FindLastIndex(pins, group, pin => pin is Pin.FirstTask or Pin.LatestUser) is var request and >= 0
            && !pins.AsSpan(request, group - request).ContainsAny(Pin.User, Pin.Opaque),
        _ => false,
    };

    public static string Reason(Pin pin) => pin switch
    {
        Pin.User => "pinned by you",
        Pin.System => "system message",
        Pin.ClientContext => "the client's own context",
        Pin.FirstTask => "the user's task",
        Pin.LatestUser => "newest user message",
        Pin.LatestAnswer => "the assistant's newest answer",
        Pin.OpenCalls => "waits for tool results",
        Pin.UnreadResults => "newest tool results",
        Pin.Summary => "live summary",
        Pin.Opaque => "understood by the vendor only",
        Pin.Covered => "the vendor's own summary stands for it",
        _ => throw new ArgumentOutOfRangeException(nameof(pin)),
    };
}
