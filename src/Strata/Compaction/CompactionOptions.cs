using Microsoft.Extensions.AI;
using Strata.Models;
using Strata.Planning;
using Strata.Tokens;
using Strata.Tokens.Calibration;

namespace Strata;

/// <summary>
/// When a <see cref="Compactor"/> compacts, how far, and by which strategy. The defaults are those of seed 1 with the strategy
/// <c>hierarchical</c>.
/// </summary>
public sealed record CompactionOptions
{
    /// <value>
    /// The model that is sent to: gives window and tokenizer. Null with <see cref="Window"/> null: a window of 32 000 tokens.
    /// </value>
    public string? Model { get; init; }

    /// <value>The window in tokens; null: the model's.</value>
    public int? Window { get; init; }

    /// <value>Name of the strategy: one of <see cref="CompactionStrategies.All"/> or one given to the compactor.</value>
    public string Strategy { get; init; } = CompactionStrategies.Default;

    /// <value>How the window is divided: threshold, target, margin, reserve.</value>
    public BudgetOptions Budget { get; init; } = new();

    /// <value>Moves the threshold with what the session does; off by default.</value>
    public AdaptiveThresholdOptions AdaptiveThreshold { get; init; } = new();

    /// <value>What makes a compaction due beside tokens; nothing by default.</value>
    public TriggerOptions Triggers { get; init; } = new();

    /// <value>Conversations below this many tokens are left alone unless they overflow the window or a trigger fires.</value>
    public int MinTokensToCompact { get; init; } = 5_000;

    /// <value>The role in which summaries are sent. User: every vendor takes it in the middle of a conversation.</value>
    public ChatRole SummaryRole { get; init; } = ChatRole.User;

    /// <value>What the strategies are told.</value>
    public StrategyOptions StrategyOptions { get; init; } = new();

    /// <value>Counts tokens; null: the model's own tokenizer, or the best estimate of it.</value>
    public MessageCounter? Counter { get; init; }

    /// <value>
    /// Learns from reported usage; null: one of the compactor's own, which keeps what it learnt in the archive where there is one.
    /// </value>
    public UsageCalibrator? Calibrator { get; init; }

    /// <value>Windows and tokenizers by model.</value>
    public ModelCatalogue Catalogue { get; init; } = ModelCatalogue.Default;
}
