using Strata.Transcripts;

namespace Strata.Planning.Hierarchy;

/// <summary>A part of a planned summary: some turns at one level of detail.</summary>
public sealed record PlannedPart
{
    /// <summary>0 the words themselves; 1 one turn, 2 ten turns, 3 more, as models write them.</summary>
    public required int Level { get; init; }

    /// <summary>The most tokens of its text.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Tokens of what it is written from.</summary>
    public required int CoveredTokens { get; init; }

    /// <summary>The groups it is written from; empty where it is written from parts, or goes on as it is.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>The parts it is written from; empty where it is written from groups, or goes on as it is.</summary>
    public IReadOnlyList<PlannedPart> Children { get; init; } = [];

    /// <summary>A part of an earlier summary that goes on word for word; null for all others.</summary>
    public SummaryPart? Carried { get; init; }

    /// <summary>The first group it tells of; where it goes on from an earlier summary, that summary's group.</summary>
    public required int FirstGroup { get; init; }

    /// <summary>The last group it tells of.</summary>
    public required int LastGroup { get; init; }

    /// <summary>The parts of earlier summaries that it goes on from, itself or its children's.</summary>
    internal IEnumerable<SummaryPart> AllCarried => All.Select(part => part.Carried).OfType<SummaryPart>();

    /// <summary>The groups it is written from, itself or its children.</summary>
    internal IEnumerable<int> AllGroups => All.SelectMany(part => part.Groups);

    // No recursion: of a long conversation thousands may stand below one another.
    private IEnumerable<PlannedPart> All
    {
        get
        {
            var open = new Stack<PlannedPart>([this]);
            while (open.TryPop(out var part))
            {
                yield return part;
                for (var i = part.Children.Count - 1; i >= 0; i--)
                    open.Push(part.Children[i]);
            }
        }
    }
}
