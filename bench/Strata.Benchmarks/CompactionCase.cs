using Microsoft.Extensions.AI;
using Strata.Tokens;

namespace Strata.Benchmarks;

/// <summary>How the speed benchmarks call the compactor: exact o200k counts, a window that holds everything.</summary>
internal static class CompactionCase
{
    public static Compactor CreateCompactor(string strategy, ITokenCounter? counter = null, RequestFraming? framing = null) =>
        new(new CompactionOptions
        {
            Strategy = strategy,
            Window = 100_000_000,
            Counter = new MessageCounter(counter ?? BpeTokenizer.O200kBase, framing),
        });

    public static CompactionRequest Request(IReadOnlyList<ChatMessage> messages, int target) =>
        new() { Messages = messages, Threshold = target, Target = target, Force = true };

    /// <summary>The conversation one turn later.</summary>
    public static IReadOnlyList<ChatMessage> Grow(IReadOnlyList<ChatMessage> messages) =>
        [.. messages, new ChatMessage(ChatRole.User, "And the retry policy?"),
            new ChatMessage(ChatRole.Assistant, "It retries three times, then gives up.")];
}
