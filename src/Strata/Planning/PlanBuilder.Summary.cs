using Strata.Planning.Hierarchy;

namespace Strata.Planning;

/// <content>The room of the summary, or of the notice.</content>
public sealed partial class PlanBuilder
{
    // A handle has between four and twelve tokens, and none of those that will stand in the line is known before the plan is.
    private const double HandlesVary = 1.25;

    // Three labels, and eight characters of each pin with the mark of their cut; the task, the newest request and its answer.
    private const int WordsOfPins = 64;

    private readonly int _summaryFraming;
    private bool _tookUpPins;
    private int _partsAllowance;

    /// <summary>The most tokens of a notice: the header line with two handles.</summary>
    public int NoticeTokens { get; }

    /// <summary>The most tokens the summary's text may have; a strategy lowers it to keep more beside it.</summary>
    public int SummaryAllowance { get; set; }

    /// <summary>
    /// Whether what a rung lets leave goes into a summary; a strategy that writes none leaves it false, and it is dropped.
    /// </summary>
    public bool Summarizes { get; set; }

    /// <summary>Whether the summary is made of parts of several levels.</summary>
    internal bool HasParts { get; set; }

    /// <summary>A summary takes what the kept groups leave, but never less than its share: then the kept ones have to give way.</summary>
    internal void FitSummary()
    {
        var room = Target - _requestTokens - _summaryFraming - _kept;
        _partsAllowance = SummaryAllowance;
        SummaryAllowance =
            (int)Math.Min(Options.MaxSummaryTokens, Math.Max(room, HasParts ? SummaryAllowance : (long)(Target * Options.SummaryShare)));
    }

    /// <summary>
    /// The fewest tokens that still say what has to be said: how much is gone, and what pins said that are told in the summary.
    /// </summary>
    internal int SmallestSummary => _tookUpPins ? NoticeTokens + WordsOfPins : NoticeTokens;

    /// <summary>Takes from the summary what the plan is above its target, down to <paramref name="least"/> tokens.</summary>
    internal void LessenSummary(int least)
    {
        if (HasSummary && Free < 0)
            SummaryAllowance = Math.Max(least, SummaryTokens - _summaryFraming + Free);
    }

    /// <summary>
    /// Lets the summary tell what the pins of the user's words said, as much of it as there is room for; not where that frees nothing.
    /// </summary>
    internal void TakeUpPins(string reason)
    {
        var (total, allowance) = (Total, SummaryAllowance);
        var before = Enumerable.Range(0, _pins.Length).Where(group => Pins.MayBeTold(_pins, group))
            .Select(group => (Group: group, Choice: _choices[group], Tokens: _keptTokens[group])).ToList();
        foreach (var (group, _, _) in before)
            Set(group, new Choice(GroupAction.Summarize, reason, Caps: null), 0);
        _tookUpPins = true;
        LessenSummary(SmallestSummary);
        if (Total < total)
            return;
        _tookUpPins = false;
        SummaryAllowance = allowance;
        foreach (var (group, choice, tokens) in before)
            Set(group, choice, tokens);
    }

    internal bool HasSummary => _summarized > 0;

    /// <summary>Tokens that the plan sets aside for the summary or the notice, with its framing.</summary>
    internal int SummaryTokens => _summarized > 0
        ? (int)Math.Max(Math.Min(SummaryAllowance, UsefulSummary), SmallestSummary) + _summaryFraming
        : _dropped > 0 ? NoticeTokens + _summaryFraming : 0;

    private IReadOnlyList<PlannedPart> PartsOf(List<int> gone) => HasParts && HasSummary
        ? PartChooser.Choose(Leaves.Of(this, gone.ToHashSet(), Segments), Transcript, Options.Hierarchy, RoomForParts(int.MaxValue),
            RoomForParts(_partsAllowance))
        : [];

    private int RoomForParts(int most) =>
        (int)((Math.Min(SummaryTokens - _summaryFraming, most) - NoticeTokens) * (1 - Options.Hierarchy.LedgerShare));

    // Measured on agent sessions, summaries without a model say what there is to say in 8 to 14 % of what they cover, those of chat in up
    // to a quarter; a small part needs more of it. What an earlier summary said is carried on whole.
    private long UsefulSummary => Math.Min(_leaving, _leavingSummaries + Math.Max((_leaving - _leavingSummaries) / 4, 400));
}
