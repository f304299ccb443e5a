using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.Summaries;
using Strata.LevelZero;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Benchmarks.Dialogues;

/// <summary>Level-0 summaries of whole conversations, counted in chars/4 as the scorers do.</summary>
internal static class DialogueSummary
{
    public static async Task<Summary> OfAsync(IEnumerable<ChatMessage> messages, int maxTokens, CancellationToken cancellationToken)
    {
        var transcript = Transcript.Create(messages);
        return await new ExtractiveSummarizer().SummarizeAsync(
            new SummaryRequest
            {
                Transcript = transcript,
                Groups = [.. Enumerable.Range(0, transcript.Groups.Count)],
                MaxTokens = maxTokens,
                Counter = CharsPerTokenCounter.Instance
            },
            cancellationToken);
    }

    /// <summary>The same after several compactions, each of the summary before and a further part of the conversation.</summary>
    public static async Task<Summary> OfAsync(
        IReadOnlyList<ChatMessage> messages, int rounds, int maxTokens, CancellationToken cancellationToken)
    {
        Summary? summary = null;
        for (var round = 0; round < rounds; round++)
        {
            var part = messages.Skip(messages.Count * round / rounds)
                .Take((messages.Count * (round + 1) / rounds) - (messages.Count * round / rounds));
            summary = await OfAsync(
                summary is null ? part : part.Prepend(new ChatMessage(ChatRole.User, summary.Text)), maxTokens, cancellationToken);
        }

        return summary ?? throw new UnreachableException();
    }
}
