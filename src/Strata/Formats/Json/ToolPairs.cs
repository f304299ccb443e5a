using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Formats.Json;

/// <summary>Keeps every tool result where vendors want it: right behind the message that holds its call.</summary>
internal static class ToolPairs
{
    private const string NoResult = "[no result was recorded]";

    /// <summary>
    /// The messages with every inserted one (a summary) that stands between a call and its result moved behind the result.
    /// </summary>
    public static IReadOnlyList<OutgoingMessage> KeepTogether(IReadOnlyList<OutgoingMessage> messages)
    {
        var answeredAt = AnsweredAt([.. messages.Select(static message => message.Message)]);
        var openUntil = -1;
        var result = new List<OutgoingMessage>(messages.Count);
        var held = new List<OutgoingMessage>();
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            foreach (var call in message.Message.Contents.OfType<FunctionCallContent>())
                openUntil = Math.Max(openUntil, FirstAfter(i, call.CallId, answeredAt));
            if (message.SourceIndex < 0 && i < openUntil
                && !message.Message.Contents.Any(static content => content is FunctionResultContent or FunctionCallContent))
                held.Add(message);
            else
                result.Add(message);
            if (i < openUntil)
                continue;
            result.AddRange(held);
            held.Clear();
        }

        return result;
    }

    /// <summary>
    /// The messages as a chat body holds them: what one answer of the model was split over is one message again, and the results of its
    /// calls follow it in one tool message, in call order, before anything else. A call that never got a result gets a note instead, except
    /// at the end, where it is still open; a result whose call is gone becomes text of the user's side, marked as such.
    /// </summary>
    public static List<ChatMessage> Arrange(IEnumerable<ChatMessage> messages)
    {
        var merged = Merge([.. messages]);
        var results = new Dictionary<string, Queue<FunctionResultContent>>(StringComparer.Ordinal);
        foreach (var answer in merged.SelectMany(static message => message.Contents.OfType<FunctionResultContent>()))
            (results.TryGetValue(answer.CallId, out var queue) ? queue : results[answer.CallId] = new()).Enqueue(answer);

        var arranged = new List<ChatMessage>(merged.Count);
        var placed = new HashSet<AIContent>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < merged.Count; i++)
        {
            var isLast = !merged.Skip(i + 1).Any(static later => later.Role == ChatRole.Assistant || later.Role == ChatRole.User);
            var answers = new List<AIContent>();
            foreach (var call in merged[i].Contents.OfType<FunctionCallContent>())
            {
                if (Take(results, call.CallId, placed) is { } answer)
                    answers.Add(answer);
                else if (!isLast)
                    answers.Add(new FunctionResultContent(call.CallId, NoResult));
            }

            AddRest(merged[i], placed, arranged);
            if (answers.Count > 0)
                arranged.Add(new ChatMessage(ChatRole.Tool, answers));
        }

        return arranged;
    }

    private static FunctionResultContent? Take(
        Dictionary<string, Queue<FunctionResultContent>> results, string callId, HashSet<AIContent> placed)
    {
        while (results.TryGetValue(callId, out var queue) && queue.TryDequeue(out var answer))
        {
            if (placed.Add(answer))
                return answer;
        }

        return null;
    }

    private static void AddRest(ChatMessage message, HashSet<AIContent> placed, List<ChatMessage> arranged)
    {
        if (!message.Contents.Any(static content => content is FunctionResultContent))
        {
            arranged.Add(message);
            return;
        }

        var rest = new List<AIContent>();
        foreach (var content in message.Contents)
        {
            if (content is not FunctionResultContent orphan)
                rest.Add(content);
            else if (placed.Add(orphan))
                rest.Add(
                    new TextContent(
                        $"[result of the tool call {orphan.CallId}, which is not in the "
                            + $"conversation]\n{ContentText.OfResult(orphan.Result)}"));
        }

        if (rest.Count > 0)
            arranged.Add(new ChatMessage(message.Role == ChatRole.Tool ? ChatRole.User : message.Role, rest));
    }

    private static List<ChatMessage> Merge(List<ChatMessage> messages)
    {
        var answeredAt = AnsweredAt(messages);
        var merged = new List<ChatMessage>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (merged.Count > 0 && merged[^1] is var last && BelongTogether(last, message, i, answeredAt))
            {
                merged[^1] = new ChatMessage(ChatRole.Assistant, [.. last.Contents, .. message.Contents])
                {
                    MessageId = message.MessageId ?? last.MessageId,
                    AuthorName = last.AuthorName,
                };
            }
            else
            {
                merged.Add(message);
            }
        }

        return merged;
    }

    private static bool BelongTogether(ChatMessage first, ChatMessage second, int secondIndex, Dictionary<string, List<int>> answeredAt)
    {
        if (first.Role != ChatRole.Assistant || second.Role != ChatRole.Assistant)
            return false;
        if (first.MessageId is not null && string.Equals(first.MessageId, second.MessageId, StringComparison.Ordinal))
            return true;
        if (first.Contents.OfType<FunctionCallContent>().Any(call => FirstAfter(secondIndex, call.CallId, answeredAt) > secondIndex))
            return true;
        return (first.MessageId is null || second.MessageId is null)
            && (second.Contents.Any(static content => content is FunctionCallContent)
                || (first.Contents.Count > 0 && first.Contents.All(static content => content is TextReasoningContent)));
    }

    // Agents have been seen to use a call id again, so an id may be answered more than once.
    private static int FirstAfter(int index, string callId, Dictionary<string, List<int>> answeredAt) =>
        answeredAt.TryGetValue(callId, out var answers) && ~answers.BinarySearch(index) is var next and >= 0 && next < answers.Count
            ? answers[next] : -1;

    private static Dictionary<string, List<int>> AnsweredAt(List<ChatMessage> messages)
    {
        var answeredAt = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var answer in messages[i].Contents.OfType<FunctionResultContent>())
                (answeredAt.TryGetValue(answer.CallId, out var answers) ? answers : answeredAt[answer.CallId] = []).Add(i);
        }

        return answeredAt;
    }
}
