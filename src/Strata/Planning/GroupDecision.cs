using Microsoft.Extensions.AI;

namespace Strata.Planning;

/// <summary>What a plan decides about one group, and why.</summary>
/// <param name="Group">Index of the group.</param>
/// <param name="Action">What happens to it.</param>
/// <param name="Reason">Why, in plain words.</param>
/// <param name="TokensBefore">Tokens of the group as it is.</param>
/// <param name="TokensAfter">The most tokens it has afterwards; 0 when it leaves the context.</param>
/// <param name="Caps">For <see cref="GroupAction.Shorten"/>: how long its contents may stay; null otherwise.</param>
/// <param name="Superseded">For <see cref="GroupAction.Shorten"/>: the reads whose results keep only a marker; null when there are
/// none.</param>
public readonly record struct GroupDecision(
    int Group, GroupAction Action, string Reason, int TokensBefore, int TokensAfter, ContentCaps? Caps = null,
    IReadOnlyList<SupersededRead>? Superseded = null);

/// <summary>The most tokens that any one content of a shortened group keeps.</summary>
/// <param name="Results">For tool results and media.</param>
/// <param name="Texts">For text and tool-call arguments.</param>
public readonly record struct ContentCaps(int Results, int Texts)
{
    /// <summary>The smallest cap: a marker with its handle and a few words fit into it.</summary>
    public const int Smallest = 32;

    // From generous to the smallest, by halves: a step is tried only where the one before did not do.
    internal static IReadOnlyList<int> Steps { get; } = [4000, 2000, 1000, 500, 250, 120, 64, Smallest];

    /// <summary>The same cap for everything.</summary>
    public static ContentCaps Of(int tokens) => new(Math.Max(tokens, Smallest), Math.Max(tokens, Smallest));

    /// <summary>Only results are capped.</summary>
    public static ContentCaps ForResults(int tokens) => new(Math.Max(tokens, Smallest), int.MaxValue);

    internal static ContentCaps None => new(int.MaxValue, int.MaxValue);

    // Reasoning that a provider signed is sent back as it came or not at all.
    internal int For(AIContent content) => content switch
    {
        TextReasoningContent { ProtectedData: not null } => int.MaxValue,
        FunctionResultContent or DataContent or UriContent => Results,
        TextContent or TextReasoningContent or FunctionCallContent => Texts,
        _ => int.MaxValue,
    };

    internal ContentCaps Stricter(ContentCaps other) => new(Math.Min(Results, other.Results), Math.Min(Texts, other.Texts));
}
