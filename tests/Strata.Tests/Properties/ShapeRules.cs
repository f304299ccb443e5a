using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>What a model reads after a compaction, judged from the messages alone: which of its rules a result breaks.</summary>
internal static class ShapeRules
{
    public const string LaterTold = "what stands after the summary came before what it tells";
    public const string TaskBehind = "the first task stands behind the summary";
    public const string AnswerLost = "an answered request stands without its answer";
    public const string AnswerUntold = "a request is told without its answer";
    public const string StartCut = "system messages and the client's context would fit and are not whole";

    // What the rest is owed: half of the target for the task, open calls, the newest request and its answer, and a few words of what left.
    private const int LeastBeside = 200;

    public static IEnumerable<string> Broken(CompactionResult result, IReadOnlyList<ChatMessage> messages, MessageCounter counter)
    {
        if (result.Outcome != CompactionOutcome.Compacted)
            yield break;
        var transcript = Transcript.Create(messages);
        var outgoing = result.Outgoing;
        var kept = outgoing.Select(message => message.SourceIndex).Where(source => source >= 0).ToHashSet();
        var first = FirstRequest.In(transcript);
        for (var place = 0; place < outgoing.Count; place++)
        {
            if (outgoing[place].Replaces is not { } replaced)
                continue;
            var after = outgoing.Skip(place + 1).Select(message => message.SourceIndex).ToList();
            var told = replaced.Select(message => transcript.Groups[transcript.GroupOfMessage[message]]).Where(IsValid).Distinct()
                .Select(group => group.MessageIndexes[^1]).DefaultIfEmpty(-1).Max();
            // Nothing may stand between calls and the results that are still to come.
            if (after.Exists(source => source >= 0 && transcript.Groups[transcript.GroupOfMessage[source]].OpenCalls.Count > 0))
                continue;
            // A group that began before it and ends behind it is not torn.
            if (after.Exists(source => source >= 0 && source < told && !Spans(transcript.Groups[transcript.GroupOfMessage[source]], told)))
                yield return LaterTold;
            var continues = replaced.Any(message => transcript.Groups[transcript.GroupOfMessage[message]].Kind == GroupKind.Summary);
            if (first is not null && after.Contains(first.MessageIndexes[0]) && (!continues || first.MessageIndexes[0] < told))
                yield return TaskBehind;
        }

        foreach (var fault in OfTheNewestRequest(transcript, result, kept))
            yield return fault;
        var start = transcript.Groups.Where(group => group.Kind == GroupKind.System || IsContext(group))
            .SelectMany(group => group.Messages).ToList();
        if (!start.TrueForAll(message => outgoing.Any(sent => ReferenceEquals(sent.Message, message)))
            && (start.Sum(message => counter.Count(message).Total) * 2) + LeastBeside <= result.Usage.Target)
            yield return StartCut;
    }

    /// <summary>
    /// The assistant's words that a conversation ends with, behind the user's newest request; null when it has no answer.
    /// </summary>
    private static MessageGroup? AnswerIn(Transcript transcript, MessageGroup newest)
    {
        var since = transcript.Groups.Skip(newest.Index + 1)
            .Where(group => group.Kind is not (GroupKind.User or GroupKind.System or GroupKind.OrphanResult)).Reverse()
            .SkipWhile(group => group.Kind == GroupKind.Assistant && Words(group.Messages[^1]).Length == 0);
        return since.FirstOrDefault() is { OpenCalls.Count: 0, Kind: not GroupKind.Summary } last
            && last.Messages[^1].Role == ChatRole.Assistant && Words(last.Messages[^1]).Length > 0 ? last : null;
    }

    private static IEnumerable<string> OfTheNewestRequest(Transcript transcript, CompactionResult result, HashSet<int> kept)
    {
        if (transcript.Groups.LastOrDefault(IsOfTheUser) is not { } newest)
            yield break;
        var answer = AnswerIn(transcript, newest);
        if (kept.Contains(newest.MessageIndexes[0]))
        {
            if (answer is not null && !kept.Contains(answer.MessageIndexes[^1]))
                yield return AnswerLost;
            yield break;
        }

        var summary = result.Outgoing.Single(message => message.Replaces?.Contains(newest.MessageIndexes[0]) == true).Message.Text;
        if (answer is not null && !kept.Contains(answer.MessageIndexes[^1])
            && !summary.Contains(Beginning(answer.Messages[^1]), StringComparison.Ordinal))
            yield return AnswerUntold;
    }

    private static string Beginning(ChatMessage message) => Words(message) is var words ? words[..Math.Min(words.Length, 8)] : "";

    private static string Words(ChatMessage message) => string.Join(' ', string.Join(
        ' ', message.Contents.OfType<TextContent>().Select(content => content.Text)).Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsOfTheUser(MessageGroup group) => group is { Kind: GroupKind.User, IsInjected: false };

    private static bool IsValid(MessageGroup group) => group.Kind != GroupKind.OrphanResult && group.OpenCalls.Count == 0;

    private static bool IsContext(MessageGroup group) => group is { Kind: GroupKind.User, IsInjected: true }
        && group.Messages.Any(message => message.Contents.OfType<TextContent>().Any(content => InjectedText.IsSentOnce(content.Text)));

    private static bool Spans(MessageGroup group, int told) =>
        group.MessageIndexes[0] < told && group.MessageIndexes[^1] > told;
}
