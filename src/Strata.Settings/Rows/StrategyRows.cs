using static Strata.Settings.SettingTexts;

namespace Strata.Settings.Rows;

/// <summary>What the strategies are told, and the tree of summaries.</summary>
internal static class StrategyRows
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        Row.Strategy(
            "preserve_last", "User and assistant messages at the end that stay.", "the profile's; 6", "8", Count,
            (options, messages) => options with { PreserveLast = messages }),
        Row.Strategy(
            "preserve_tool_results", "Whether the newest tool results stay whole.", "true", "false", Flag,
            (options, flag) => options with { PreserveToolResults = flag }),
        Row.Strategy(
            "max_tool_results", "Tool results that stay whole when old ones are cleared.", "10", "5", Count,
            (options, results) => options with { MaxToolResults = results }),
        Row.Strategy(
            "recent_tokens", "Tokens of the newest messages that stay.", "what the target leaves", "4k", TokenCount,
            (options, tokens) => options with { RecentTokens = tokens }),
        Row.Strategy(
            "max_summary_tokens", "The most tokens of one summary.", "the profile's; 12000", "1024", TokenCount,
            (options, tokens) => options with { MaxSummaryTokens = tokens }),
        Row.Strategy(
            "summary_share", "The share of the target that a summary may take beside kept messages.", "82%", "60%", Share,
            (options, share) => options with { SummaryShare = share }),
        Row.Strategy(
            "head_share", "The share of the target that 'truncate' gives to the head.", "25%", "30%", Share,
            (options, share) => options with { HeadShare = share }),
        Row.Strategy(
            "prune_max_messages", "Messages that 'prune' keeps.", "20", "30", text => Whole(text, 1, int.MaxValue),
            (options, messages) => options with { PruneMaxMessages = messages }),
        Row.Strategy(
            "prune_after_turns", "Turns that must have passed before 'prune' drops anything.", "10", "5", Count,
            (options, turns) => options with { PruneAfterTurns = turns }),
        Row.Hierarchy(
            "pass_through_tokens", "Turns of fewer tokens are told in their own words.", "200", "100", Count,
            (shape, tokens) => shape with { PassThroughTokens = tokens }),
        Row.Hierarchy(
            "fan_out", "Summaries of one level that become one of the next, 2 or more.", "10", "8", text => Whole(text, 2, 1_000),
            (shape, summaries) => shape with { FanOut = summaries }),
        Row.Hierarchy(
            "piece_tokens", "Tokens from which a turn is summarized in pieces.", "4000", "3k", TokenCount,
            (shape, tokens) => shape with { PieceTokens = tokens }),
        Row.Hierarchy(
            "ledger_share", "The share of a summary that code keeps for rules, tasks, files, failures and names.", "40%", "30%", Share,
            (shape, share) => shape with { LedgerShare = share }),
    ];
}
