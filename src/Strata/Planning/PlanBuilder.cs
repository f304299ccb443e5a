using Microsoft.Extensions.AI;
using Strata.Planning.Hierarchy;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>
/// A plan in the making: starts with every group kept and knows the total after each decision. Groups that leave the context are covered by
/// one summary, or, when all of them are dropped, by one notice; both count towards the total.
/// </summary>
public sealed partial class PlanBuilder
{
    // "[superseded by a later change: 1,234,567 tokens cut; recall …]" has 30 in o200k_base; the largest ratio of an estimated tokenizer is
    // 1.495.
    private const int SupersededTokens = 48;

    private readonly int _requestTokens;
    private readonly Pin[] _pins;
    private readonly Choice[] _choices;
    private readonly int[] _keptTokens;
    private readonly List<SupersededRead>?[] _superseded;
    private long _kept;
    private long _leaving;
    private long _leavingSummaries;
    private int _summarized;
    private int _dropped;
    private List<Segment>? _segments;
    private HashSet<int>? _held;

    internal PlanBuilder(Transcript transcript, TokenMap tokens, int target, int requestTokens, StrategyOptions options, Pin[] pins)
    {
        Transcript = transcript;
        Tokens = tokens;
        Target = target;
        Options = options;
        _requestTokens = requestTokens;
        _pins = pins;
        _choices = new Choice[_pins.Length];
        _keptTokens = new int[_pins.Length];
        _superseded = new List<SupersededRead>?[_pins.Length];
        _summaryFraming = tokens.Counter.Count(new ChatMessage(ChatRole.User, "")).Total;
        SummaryAllowance = options.MaxSummaryTokens;
        NoticeTokens = _pins.Length == 0 ? 0 : (int)(HandlesVary * tokens.Counter.Text.Count(
            SummaryHeader.WriteNotice(transcript.Messages.Count, transcript.Groups[0].Handle, transcript.Groups[^1].Handle)));
        for (var i = 0; i < _pins.Length; i++)
        {
            _keptTokens[i] = tokens.OfGroup(i);
            _kept += _keptTokens[i];
            _choices[i] = new Choice(GroupAction.Keep, "", Caps: null);
        }
    }

    public Transcript Transcript { get; }

    public TokenMap Tokens { get; }

    public StrategyOptions Options { get; }

    /// <summary>Tokens the result has to stay within, the request around the messages included.</summary>
    public int Target { get; }

    /// <summary>What level 1 would summarize, in order.</summary>
    internal IReadOnlyList<Segment> Segments => _segments ??= Hierarchy.Segments.Of(Transcript, Tokens, Options.Hierarchy.PieceTokens);

    /// <summary>Groups of the transcript.</summary>
    public int Count => _choices.Length;

    /// <summary>Tokens that are sent if the plan stays as it is, the summary at its full allowance.</summary>
    public int Total => (int)Math.Min(_requestTokens + _kept + SummaryTokens, int.MaxValue);

    /// <summary>What is free below the target; negative when the plan is above it.</summary>
    public int Free => Target - Total;

    /// <summary>
    /// What pins, the request and a summary of <paramref name="summaryTokens"/> leave free below the target. Live summaries take no room
    /// where they are taken up into a new one.
    /// </summary>
    public int RoomBesidePins(int summaryTokens, bool summariesStay)
    {
        long room = Target - _requestTokens - _summaryFraming - summaryTokens;
        for (var i = 0; i < _pins.Length; i++)
            room -= _pins[i] is Pin.None || (_pins[i] == Pin.Summary && !summariesStay) ? 0 : _keptTokens[i];
        return (int)Math.Max(room, 0);
    }

    /// <summary>What the request and what the conversation starts from, as decided so far, leave of the target.</summary>
    internal int RoomBesideStart()
    {
        long room = Target - _requestTokens;
        for (var i = 0; i < _pins.Length; i++)
            room -= PinRoom.IsStart(_pins[i]) ? _keptTokens[i] : 0;
        return (int)room;
    }

    /// <summary>Why the group may not be dropped.</summary>
    public Pin PinOf(int group) => _pins[group];

    public GroupAction ActionOf(int group) => _choices[group].Action;

    /// <summary>Tokens of the group as decided so far; 0 when it leaves.</summary>
    public int TokensOf(int group) => _keptTokens[group];

    /// <summary>The group as it was.</summary>
    public MessageGroup Group(int group) => Transcript.Groups[group];

    /// <summary>Keeps the group as it is; what is superseded in it stays a marker.</summary>
    public void Keep(int group, string reason)
    {
        if (IsHeld(group))
            return;
        if (_superseded[group] is { } reads)
            Set(group, new Choice(GroupAction.Shorten, reason.Length > 0 ? reason : ReasonOf(reads), ContentCaps.None),
                TokensIfShortened(group, ContentCaps.None));
        else
            Set(group, new Choice(GroupAction.Keep, reason, Caps: null), Tokens.OfGroup(group));
    }

    /// <summary>
    /// Keeps the group with its contents cut to <paramref name="caps"/>; stricter of these and earlier caps. A group with nothing longer is
    /// kept as it is; one that the user pinned stays whole.
    /// </summary>
    public void Shorten(int group, ContentCaps caps, string reason)
    {
        if (_pins[group] == Pin.User || IsHeld(group))
            return;
        if (_choices[group].Caps is { } earlier)
            caps = caps.Stricter(earlier);
        var tokens = TokensIfShortened(group, caps);
        if (tokens < Tokens.OfGroup(group))
            Set(group, new Choice(GroupAction.Shorten, reason, caps), tokens);
    }

    /// <summary>Lets the group leave the context without a summary. Pins stay, whatever the strategy wants.</summary>
    public void Drop(int group, string reason)
    {
        if (_pins[group] == Pin.None && !IsHeld(group))
            Set(group, new Choice(GroupAction.Drop, reason, Caps: null), 0);
    }

    /// <summary>Lets a summary stand for the group. Pins stay; only a live summary may be taken up into its successor.</summary>
    public void Summarize(int group, string reason)
    {
        if (_pins[group] is Pin.None or Pin.Summary && !IsHeld(group))
            Set(group, new Choice(GroupAction.Summarize, reason, Caps: null), 0);
    }

    /// <summary>The most tokens of the group once its contents are cut to <paramref name="caps"/>.</summary>
    public int TokensIfShortened(int group, ContentCaps caps)
    {
        var source = Transcript.Groups[group];
        long tokens = 0;
        for (var m = 0; m < source.Messages.Count; m++)
        {
            var index = source.MessageIndexes[m];
            tokens += Tokens.OfMessage(index).Total;
            var contents = source.Messages[m].Contents;
            for (var c = 0; c < contents.Count; c++)
                tokens -= Math.Max(
                    0, Tokens.OfContent(index, c) - (IsSuperseded(group, contents[c]) ? Math.Min(SupersededTokens, caps.Results)
                        : caps.For(contents[c])));
        }

        return (int)Math.Min(tokens, int.MaxValue);
    }

    internal void ShortenPin(int group, ContentCaps caps)
    {
        if (_choices[group].Action is GroupAction.Keep or GroupAction.Shorten)
            Shorten(group, caps, Pins.Reason(_pins[group]) + ", shortened: the pins alone leave no room");
    }

    /// <summary>
    /// Leaves only a marker of results that are no longer true. Pins stay, and so does what is no longer than its marker.
    /// </summary>
    internal void Supersede(int group, List<SupersededRead> reads)
    {
        if (_pins[group] != Pin.None)
            return;
        _superseded[group] = reads;
        if (TokensIfShortened(group, ContentCaps.None) < Tokens.OfGroup(group))
            Keep(group, "");
        else
            _superseded[group] = null;
    }

    /// <summary>Holds the decisions about all that leaves until <see cref="ReleaseWhatLeft"/>: no later strategy changes them.</summary>
    internal void HoldWhatLeft() =>
        _held = [.. Enumerable.Range(0, Count).Where(group => ActionOf(group) is GroupAction.Summarize or GroupAction.Drop)];

    internal void ReleaseWhatLeft() => _held = null;

    internal CompactionPlan Build(string strategy, IReadOnlyList<string> rungs, int before, string? cannotFit)
    {
        var decisions = new GroupDecision[_choices.Length];
        var gone = new List<int>();
        for (var i = 0; i < _choices.Length; i++)
        {
            var (action, reason, caps) = _choices[i];
            if (reason.Length == 0)
                reason = _pins[i] == Pin.None ? "fits" : Pins.Reason(_pins[i]);
            decisions[i] = new GroupDecision(
                i, action, reason, Tokens.OfGroup(i), _keptTokens[i], caps, action == GroupAction.Shorten ? _superseded[i] : null);
            if (action is GroupAction.Summarize or GroupAction.Drop)
                gone.Add(i);
        }

        return new CompactionPlan
        {
            Strategy = strategy,
            Decisions = decisions,
            Summaries = gone.Count == 0 ? []
                : [new PlannedSummary(gone, SummaryTokens - _summaryFraming, IsNotice: _summarized == 0) { Parts = PartsOf(gone) }],
            RungsTaken = rungs,
            TokensBefore = before,
            TokensAfter = Total,
            Target = Target,
            CannotFit = cannotFit,
        };
    }

    /// <summary>Tokens of the groups that leave.</summary>
    internal long Leaving => _leaving;

    private bool IsHeld(int group) => _held?.Contains(group) == true;

    private bool IsSuperseded(int group, AIContent content) =>
        _superseded[group] is { } reads && content is FunctionResultContent result && reads.Exists(read => read.CallId == result.CallId);

    private static string ReasonOf(List<SupersededRead> reads) =>
        reads.Exists(read => read.WasChanged) ? "read before the file was changed" : "read again later";

    private void Set(int group, Choice choice, int tokens)
    {
        Count(_choices[group], -1);
        _kept += tokens - _keptTokens[group];
        _keptTokens[group] = tokens;
        _choices[group] = choice;
        Count(choice, 1);

        void Count(Choice of, int sign)
        {
            if (of.Action is GroupAction.Summarize or GroupAction.Drop)
            {
                _leaving += sign * Tokens.OfGroup(group);
                _leavingSummaries += _pins[group] == Pin.Summary ? sign * Tokens.OfGroup(group) : 0;
            }

            _summarized += of.Action == GroupAction.Summarize ? sign : 0;
            _dropped += of.Action == GroupAction.Drop ? sign : 0;
        }
    }

    private readonly record struct Choice(GroupAction Action, string Reason, ContentCaps? Caps);
}
