using Strata.Transcripts;

namespace Strata.Ladder.Gate;

/// <summary>What code says a summary must not lose.</summary>
/// <param name="Items">In any order of the kinds; within a kind the most needed first.</param>
internal sealed record MustKeep(IReadOnlyList<KeptItem> Items)
{
    /// <summary>Rules, tasks, failures, commits, facts, names, each once.</summary>
    public IReadOnlyList<KeptItem> Items { get; } = [.. Items.Distinct().OrderBy(item => item.Kind)];

    public static MustKeep Nothing { get; } = new([]);

    /// <summary>
    /// Of raw groups. Only these are read, in time linear in them: what stands elsewhere in the conversation changes nothing.
    /// </summary>
    public static MustKeep Of(Transcript transcript, IReadOnlyList<int> groups) => GroupKeeper.Read(transcript, groups);

    /// <summary>Of summaries, oldest first: what code wrote below them, and the names in them.</summary>
    public static MustKeep Of(IReadOnlyList<string> childTexts) => ChildKeeper.Read(childTexts);
}
