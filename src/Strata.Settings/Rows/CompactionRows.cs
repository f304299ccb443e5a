using Microsoft.Extensions.AI;
using Strata.Models;
using Strata.Planning;
using static Strata.Settings.SettingTexts;

namespace Strata.Settings.Rows;

/// <summary>When a conversation is compacted and how far.</summary>
internal static class CompactionRows
{
    private static readonly string[] Profiles = [.. CompactionProfiles.All.Keys];

    private static readonly string[] Strategies = [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    private static readonly string[] Roles = ["user", "system"];

    public static IReadOnlyList<Setting> All { get; } =
    [
        Row.Of("profile", "Named numbers to start from.", "default", "smart", text => Among(text, "profile", Profiles))
            with { Known = Profiles },
        Row.Compaction(
            "model", "The model that is sent to: gives window and tokenizer.", "the one that the session names", "claude-sonnet-4-5", Line,
            (options, model) => options with { Model = model }),
        Row.Compaction(
            "window", "The window in tokens, such as 200000 or 200k.", "the model's", "200k", TokenCount,
            (options, tokens) => options with { Window = tokens }),
        Row.Compaction(
            "strategy", "Who chooses what stays.", "the profile's", "hybrid", text => Among(text, "strategy", Strategies),
            (options, strategy) => options with { Strategy = strategy }) with { Known = Strategies },
        Row.Budget(
            "threshold_ratio", "The threshold as a share of the available window.", "the profile's; 70%", "80%", Share,
            (budget, share) => budget with { ThresholdRatio = share }),
        Row.Budget(
            "target_ratio", "The target as a share of the available window.", "the profile's; 30%", "40%", Share,
            (budget, share) => budget with { TargetRatio = share }),
        Row.Budget(
            "max_threshold", "The threshold is never above this many tokens.", "the profile's; no bound", "120k", TokenCount,
            (budget, tokens) => budget with { MaxThreshold = tokens }),
        Row.Budget(
            "max_target", "The target is never above this many tokens.", "the profile's; no bound", "20k", TokenCount,
            (budget, tokens) => budget with { MaxTarget = tokens }),
        Row.Budget(
            "threshold", "Compacts above this: tokens, or a share of the available window.", "the profile's", "60%", Amount,
            Thresholds.WithThreshold),
        Row.Budget(
            "target", "Compacts to this: tokens, or a share of the conversation as it is; typed, it compacts now.",
            "the profile's", "20%", Amount,
            Thresholds.WithTarget),
        Row.Budget(
            "reserved_output", "Tokens kept free for the answer.", "0", "8k", CountOrTokens,
            (budget, tokens) => budget with { ReservedOutput = tokens }),
        Row.Budget(
            "safety_margin", "The share of the window kept free because counts may be wrong.", "the profile's; 10%", "5%", Share,
            (budget, share) => budget with { SafetyMargin = share }),
        Row.Compaction(
            "min_tokens_to_compact", "Conversations below this are left alone unless they overflow the window.",
            "the profile's; 5000", "2000", CountOrTokens,
            (options, tokens) => options with { MinTokensToCompact = tokens }),
        Row.Compaction(
            "summary_role", "The role in which summaries are sent.", "the profile's; user", "system",
            text => new ChatRole(Among(text, "role", Roles)),
            (options, role) => options with { SummaryRole = role }) with { Known = Roles },
        Row.Trigger(
            "compact_after_messages", "Compacts as well when more messages than this have come since the last time.", "off", "40", Count,
            (triggers, messages) => triggers with { Messages = messages }),
        Row.Trigger(
            "compact_after_turns", "Compacts as well when more turns than this have come since the last time.",
            "off; with 'prune' its own", "12", Count,
            (triggers, turns) => triggers with { Turns = turns }),
        Row.Trigger(
            "compact_after_tool_results", "Compacts as well when more tool results than this have come since the last time.", "off", "30",
            Count,
            (triggers, results) => triggers with { ToolResults = results }),
        Row.Trigger(
            "compact_after_age", "Compacts as well when the oldest message since the last time is older than this.", "off", "2h", Duration,
            (triggers, age) => triggers with { Age = age }),
        Row.Trigger(
            "compact_after_all", "Whether all of these that are set must hold, not one of them.", "false", "true", Flag,
            (triggers, flag) => triggers with { All = flag }),
        Row.Adaptive(
            "adaptive_threshold", "Moves the threshold with what the session does.", "false", "true", Flag,
            (adaptive, flag) => adaptive with { IsEnabled = flag }),
        Row.Adaptive(
            "adaptive_min_ratio", "The lowest threshold that it moves to, a share of the available window.", "50%", "40%", Share,
            (adaptive, share) => adaptive with { MinRatio = share }),
        Row.Adaptive(
            "adaptive_max_ratio", "The highest threshold that it moves to, a share of the available window.", "85%", "90%", Share,
            (adaptive, share) => adaptive with { MaxRatio = share }),
        Row.Adaptive(
            "adaptive_turns_ahead", "Turns of the current size that must still fit at the threshold.", "3", "5", Count,
            (adaptive, turns) => adaptive with { TurnsAhead = turns }),
        Row.Adaptive(
            "adaptive_settling", "After this a compaction no longer counts as recent.", "10m", "20m", Duration,
            (adaptive, time) => adaptive with { Settling = time }),
        Row.Adaptive(
            "adaptive_cache_lifetime", "After this the provider's prompt cache is cold.", "5m", "1h", Duration,
            (adaptive, time) => adaptive with { CacheLifetime = time }),
    ];
}
