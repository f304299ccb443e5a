using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Formats;
using Strata.Planning;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata;

/// <summary>What a compaction came to, and the messages to send from now on.</summary>
public sealed record CompactionResult
{
    public required CompactionOutcome Outcome { get; init; }

    /// <summary>Why the outcome is what it is, in plain words.</summary>
    public required string Reason { get; init; }

    /// <summary>What to send: the caller's own instances wherever nothing changed.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The same messages, each with where it came from: what <see cref="ISessionFormat.WriteAsync"/> takes.</summary>
    public required IReadOnlyList<OutgoingMessage> Outgoing { get; init; }

    /// <summary>Usage before.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Tokens before, counted on the whole request.</summary>
    public int TokensBefore => Usage.Current;

    /// <summary>Tokens after, counted on the whole request.</summary>
    public required int TokensAfter { get; init; }

    /// <summary>The plan as it was carried out, its tokens after measured on the messages; null when none was needed.</summary>
    public CompactionPlan? Plan { get; init; }

    /// <summary>Messages that left the context.</summary>
    public int MessagesRemoved { get; init; }

    /// <summary>Messages that are still there, whole or shortened.</summary>
    public int MessagesPreserved { get; init; }

    /// <summary>The strategy that chose; null when none was needed.</summary>
    public string? Strategy => Plan?.Strategy;

    /// <summary>Levels of the summaries in the result, ascending: 0 extractive, 1–3 written by models.</summary>
    public IReadOnlyList<int> Levels { get; init; } = [];

    /// <summary>The summaries that were written, notices not included.</summary>
    public IReadOnlyList<Summary> Summaries { get; init; } = [];

    /// <summary>Text of the first summary; null when there is none.</summary>
    public string? Summary => Summaries is [var first, ..] ? first.Text : null;

    /// <summary>The record to keep; null when nothing changed.</summary>
    public CompactionReceipt? Receipt { get; init; }

    /// <summary>What a commit needs; null once it is committed, and where nothing changed.</summary>
    internal PreparedCompaction? Prepared { get; init; }
}
