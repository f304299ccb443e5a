namespace Strata;

/// <summary>What makes a compaction due beside tokens. Nothing is set by default: then the threshold alone decides.</summary>
/// <remarks>
/// Everything is counted from the last compaction on, or from the beginning where there was none: what a compaction left is not counted
/// again, so that it does not set off the next one. The threshold of tokens holds beside all of them. A conversation that is compacted
/// although it is within its target keeps as much as its strategy says in messages (<c>prune</c>, <c>summary</c>, <c>selective</c>,
/// <c>truncate</c>); a strategy that goes by tokens takes it down by as much as target and threshold differ.
/// </remarks>
public sealed record TriggerOptions
{
    /// <value>Due when there are more messages than this, system messages not counted.</value>
    public int? Messages { get; init; }

    /// <value>Due when there are more messages of the user than this. Null: <c>prune</c> takes its own number of turns.</value>
    public int? Turns { get; init; }

    /// <value>Due when there are more results of tools than this.</value>
    public int? ToolResults { get; init; }

    /// <value>
    /// Due when the oldest message is older than this, by <see cref="Microsoft.Extensions.AI.ChatMessage.CreatedAt"/>; messages without a
    /// time are passed over.
    /// </value>
    public TimeSpan? Age { get; init; }

    /// <value>Due when this is true. It is asked before each call of a model, so it must be quick and must not change anything.</value>
    public Func<TriggerState, bool>? When { get; init; }

    /// <value>True: a compaction is due only when all that are set say so. False: when one of them does.</value>
    public bool All { get; init; }
}
