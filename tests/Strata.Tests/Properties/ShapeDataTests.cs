using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Planning;

namespace Strata.Tests.Properties;

/// <summary>What a model reads after a compaction of real sessions, from the folder that STRATA_DATA names.</summary>
public sealed class ShapeDataTests
{
    private static readonly int[] Percents = [5, 10, 20, 50];

    public static TheoryData<string> Strategies => [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    [Theory, MemberData(nameof(Strategies))]
    public async Task CompactAsync_EveryRealSession_IsReadInItsOrder(string strategy)
    {
        var root = Environment.GetEnvironmentVariable("STRATA_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "STRATA_DATA is not set.");
        var broken = new List<string>();
        var (compacted, tight, room) = (0, 0, 0.0);
        foreach (var path in Directory.EnumerateFiles(root!, "*.json*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (await ReadAsync(path) is not { Count: > 0 } messages)
                continue;
            var compactor = new Compactor(new CompactionOptions { Model = "claude-opus-4-5", Window = 1_000_000, Strategy = strategy });
            var whole = compactor.GetTokenUsage(messages).Current;
            foreach (var percent in Percents)
            {
                var result = await compactor.CompactAsync(
                    new CompactionRequest { Messages = messages, Force = true, Target = Math.Max(1, whole / 100 * percent) },
                    TestContext.Current.CancellationToken);
                if (result.Outcome == CompactionOutcome.CannotFit)
                    tight++;
                if (result.Outcome != CompactionOutcome.Compacted)
                    continue;
                compacted++;
                room += result.TokensAfter / (double)result.Usage.Target;
                broken.AddRange(ShapeRules.Broken(result, messages, compactor.Counter).Select(rule => $"{rule}: {path} at {percent} %"));
            }
        }

        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"{strategy}: {compacted} compactions, {tight} cannot fit, {room / compacted:P1} of the target used");
        foreach (var rule in broken.GroupBy(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]))
        {
            output?.WriteLine($"  {rule.Count()} {rule.Key}");
            foreach (var fault in rule.Take(6))
                output?.WriteLine($"    {fault[rule.Key.Length..]}");
        }

        broken.Count.ShouldBe(0);
    }

    private static async Task<IReadOnlyList<ChatMessage>?> ReadAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        if (bytes.Length > 8_000_000 || SessionFormats.Detect(bytes) is not { } format)
            return null;
        try
        {
            using var input = new MemoryStream(bytes);
            return (await format.ReadAsync(input, TestContext.Current.CancellationToken)).Messages;
        }
        catch (SessionFormatException)
        {
            return null;
        }
    }
}
