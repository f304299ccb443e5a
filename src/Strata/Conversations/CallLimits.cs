using Strata.Models;

namespace Strata.Conversations;

/// <summary>How far a call may fill the window that it is sent to, and what it asks of the compactor.</summary>
internal sealed class CallLimits(Compactor compactor, ConversationOptions options, LearntWindows windows)
{
    // Where nobody reserves room for the answer, the background leaves it this share of the window.
    private const int AnswerShare = 10;

    /// <summary>What the window that <paramref name="call"/> is sent to allows.</summary>
    public TokenBudget Of(ConversationCall call) => compactor.BudgetOf(windows.Of(call.Model), call.Options);

    public bool Fits(ConversationCall call, long tokens) => tokens <= Of(call).Available;

    public int ThresholdOf(ConversationCall call, ConversationView? view) => compactor.Options.AdaptiveThreshold.IsEnabled
        ? compactor.GetTokenUsage(RequestOf(call, view)).Threshold
        : ThresholdOf(Of(call));

    /// <summary>Below this no call needs a closer look.</summary>
    public double LowestThreshold(ConversationCall call)
    {
        var (limits, adaptive) = (Of(call), compactor.Options.AdaptiveThreshold);
        return Math.Max(adaptive.IsEnabled ? limits.Available * adaptive.MinRatio : limits.Threshold, limits.Target);
    }

    /// <summary>Whether a call may be sent as it is while a compaction is at work beside it: an answer has room.</summary>
    public bool MayGoOn(ConversationCall call, long tokens, int threshold)
    {
        var limits = Of(call);
        var most = Math.Min(limits.Available, limits.Window - Math.Max(limits.ReservedOutput, limits.Window / AnswerShare));
        return tokens <= Math.Max(most, Math.Min(threshold, limits.Available));
    }

    /// <summary>What the compactor is asked for where <paramref name="view"/> would be sent.</summary>
    public CompactionRequest RequestOf(ConversationCall call, ConversationView? view)
    {
        var now = compactor.Time.GetUtcNow();
        return new CompactionRequest
        {
            Messages = ConversationView.Apply(view, call.Messages),
            ChatOptions = call.Options,
            Pins = PinsOf(call, view),
            SentModel = call.Model,
            LearntWindow = windows.Of(call.Model),
            Threshold = OwnThreshold(call),
            AgentId = options.AgentId,
            SessionId = options.SessionId?.Invoke(call.Messages, call.Options),
            Origin = view is null
                ? null
                : new ConversationOrigin(
                    call.History.Prefix(call.History.Count), call.History.Count, ConversationView.Indexes(view, call.History.Count)),
            Pace = new SessionPace(SinceCompaction: now - view?.At, CacheAge: now - call.LastCallAt),
        };
    }

    /// <summary>Null: the usual one. What was recalled is no part of what the compactor sees, and takes room all the same.</summary>
    private int? OwnThreshold(ConversationCall call) => call.RecalledTokens == 0
        ? null
        : Math.Max(ThresholdOf(Of(call)) - call.Scale.PartToReported(call.RecalledTokens), 1);

    private static int ThresholdOf(TokenBudget limits) => Math.Max(limits.Threshold, limits.Target);

    private int[] PinsOf(ConversationCall call, ConversationView? view)
    {
        if (options.IsPinned is not { } isPinned)
            return [];
        var indexes = ConversationView.Indexes(view, call.History.Count);
        return [.. Enumerable.Range(0, indexes.Count).Where(i => indexes[i] >= 0 && isPinned(call.Messages[indexes[i]]))];
    }
}
