using Microsoft.Extensions.AI;
using Strata.Models;

namespace Strata.Calls;

/// <summary>A model that can be called. Any <see cref="IChatClient"/> will do.</summary>
public sealed record CallableModel
{
    /// <summary>What receipts, metrics and errors call it: <c>provider/model</c>.</summary>
    public required string Name { get; init; }

    public required IChatClient Client { get; init; }

    /// <value>Tokens of input and output together.</value>
    public int Window { get; init; } = 32_000;

    /// <value>The most output tokens of one answer; null: what the window leaves.</value>
    public int? OutputLimit { get; init; }

    /// <value>Null: unknown, its calls cost nothing that a spend cap could count.</value>
    public ModelPrices? Prices { get; init; }

    /// <value>Calls that may be under way at the same time.</value>
    public int MaxParallel { get; init; } = 8;
}
