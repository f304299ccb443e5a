using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Planning;

namespace Strata.Benchmarks;

[MemoryDiagnoser]
public class CompactionBenchmarks
{
    private IReadOnlyList<ChatMessage> _messages = [];
    private IReadOnlyList<ChatMessage> _grown = [];
    private Compactor _warm = CompactionCase.CreateCompactor(CompactionStrategies.Default);

    [Params(10_000, 100_000, 1_000_000)]
    public int Tokens { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _messages = Conversation.OfTokens(Tokens);
        _grown = CompactionCase.Grow(_messages);
    }

    /// <summary>A conversation that was never seen: grouped, counted, planned.</summary>
    [Benchmark]
    public CompactionPlan Plan() =>
        CompactionCase.CreateCompactor(CompactionStrategies.Default).Plan(CompactionCase.Request(_messages, Tokens / 5));

    /// <summary>The same and the summary of level 0 with it.</summary>
    [Benchmark]
    public async Task<CompactionResult> Compact() =>
        await CompactionCase.CreateCompactor(CompactionStrategies.Default).CompactAsync(CompactionCase.Request(_messages, Tokens / 5));

    // A compactor remembers the conversation it saw last, so every iteration needs one that does not know the new turn yet.
    [IterationSetup(Target = nameof(NextTurn))]
    public void KnowAllButTheNewTurn()
    {
        _warm = CompactionCase.CreateCompactor(CompactionStrategies.Default);
        _warm.GetTokenUsage(_messages);
    }

    /// <summary>Whether compaction is due once two messages have come: the cost of a turn in which nothing is compacted.</summary>
    [Benchmark]
    public TokenUsage NextTurn() => _warm.GetTokenUsage(_grown);
}
