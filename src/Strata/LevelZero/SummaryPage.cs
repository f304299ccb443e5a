using Strata.Tokens;

namespace Strata.LevelZero;

/// <summary>What the sections write on: entries are added while there is room, and what they name counts as said.</summary>
internal sealed class SummaryPage(SummaryDraft draft, CandidateSelector selector, int maxTokens, ITokenCounter counter)
{
    // From here on every section has its whole share.
    private const int RoomForAll = 1_500;

    public ITokenCounter Counter => counter;

    public CandidateSelector Selector => selector;

    /// <summary>Tokens that are still free.</summary>
    public int Left => draft.Left;

    public string FilesLabel
    {
        set => draft.FilesLabel = SummaryFormat.Escape(value);
    }

    /// <summary>Whether there is room for more than what is needed.</summary>
    public bool IsRoomy => maxTokens >= RoomForAll;

    /// <summary>Tokens of a share of the whole summary.</summary>
    public int Room(double share) => (int)(maxTokens * share);

    /// <summary>
    /// The same for a section that only explains: in a small summary it gives way, since a name costs a quarter of the sentence that holds
    /// it.
    /// </summary>
    public int RoomToExplain(double share) => (int)(maxTokens * share * Math.Clamp(maxTokens / (double)RoomForAll, .25, 1));

    /// <summary>Tokens that a block takes before its first entry; 0 when it stands already.</summary>
    public int CostOfLabel(string label) => draft.CostOfLabel(label);

    /// <summary>Adds an entry; false when it does not fit into what is left or into <paramref name="room"/>, which it lessens.</summary>
    public bool Add(string label, (int, int) order, string entry, ref int room)
    {
        var line = SummaryFormat.Entry + SummaryFormat.Escape(entry);
        if (!draft.TryAdd(label, order, line, ref room))
            return false;
        selector.Cover(line);
        return true;
    }

    /// <summary>Adds a line below an entry; its caller notes what it names.</summary>
    public bool AddLine(string label, (int, int) order, string line, ref int room) =>
        draft.TryAdd(label, order, SummaryFormat.Line + SummaryFormat.Escape(line), ref room);
}
