using Microsoft.Extensions.AI;
using Strata.Models;

namespace Strata.Tests.Engine;

public sealed class AdaptiveCompactorTests
{
    [Fact]
    public void GetTokenUsage_LargeTurns_LowerTheThreshold()
    {
        var compactor = Create(new AdaptiveThresholdOptions { IsEnabled = true });
        var small = compactor.GetTokenUsage(Turns(10, words: 5));
        var large = compactor.GetTokenUsage(Turns(10, words: 8_000));
        large.Threshold.ShouldBeLessThan(small.Threshold);
        large.Threshold.ShouldBeGreaterThanOrEqualTo(large.Available / 2);
    }

    [Fact]
    public void GetTokenUsage_ColdCacheLongAfterACompaction_LowersTheThreshold()
    {
        var compactor = Create(new AdaptiveThresholdOptions { IsEnabled = true });
        var request = new CompactionRequest { Messages = Turns(4, words: 5) };
        var usual = compactor.GetTokenUsage(request).Threshold;
        compactor.GetTokenUsage(request with
        {
            Pace = new SessionPace(SinceCompaction: TimeSpan.FromHours(2), CacheAge: TimeSpan.FromHours(1))
        }).Threshold.ShouldBeLessThan(usual);
        compactor.GetTokenUsage(request with { Pace = new SessionPace(SinceCompaction: TimeSpan.Zero, CacheAge: TimeSpan.Zero) }).Threshold
            .ShouldBeGreaterThan(usual);
    }

    [Fact]
    public void GetTokenUsage_NotAskedFor_IsTheBudgetsThreshold()
    {
        var compactor = Create(new AdaptiveThresholdOptions());
        compactor.GetTokenUsage(Turns(10, words: 2_000)).Threshold.ShouldBe(compactor.Budget.Threshold);
    }

    private static Compactor Create(AdaptiveThresholdOptions adaptive) =>
        new(new CompactionOptions { Model = "gpt-4o", Window = 64_000, AdaptiveThreshold = adaptive });

    private static List<ChatMessage> Turns(int count, int words) =>
        [.. Enumerable.Range(0, count)
            .SelectMany(i => new[] { new ChatMessage(ChatRole.User, $"Step {i}"),
                new ChatMessage(ChatRole.Assistant, string.Join(' ', Enumerable.Repeat("word", words))) })];
}
