using Microsoft.Extensions.AI;

namespace Strata.Calls;

/// <summary>What a model is asked.</summary>
public sealed record CallRequest
{
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <value>Tokens of the answer, a model's thinking included.</value>
    public required int MaxOutputTokens { get; init; }

    public float Temperature { get; init; } = .3f;

    /// <value>For one attempt. Seed 0 and 2: 30 s for small models, 45 s for larger ones, 60 s for hosted ones.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>What for, in metrics: <c>level-1</c>, <c>rank</c>, a router's task.</value>
    public required string Purpose { get; init; }
}
