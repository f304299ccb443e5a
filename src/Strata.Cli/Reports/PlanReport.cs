using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata plan</c> prints. Numbers are tokens.</summary>
internal sealed record PlanReport
{
    public required string File { get; init; }

    public required string Format { get; init; }

    public required ModelReport Model { get; init; }

    public required CounterReport Counter { get; init; }

    public required int Window { get; init; }

    public required int Threshold { get; init; }

    public required int Target { get; init; }

    public required int Before { get; init; }

    /// <summary>Input tokens that the file records for its last request; null when it records none.</summary>
    public int? Recorded { get; init; }

    /// <summary>At most: summaries at their full allowance.</summary>
    public required int After { get; init; }

    /// <summary>Whether <c>compact</c> with the same options would carry it out.</summary>
    public required bool Due { get; init; }

    public required string Strategy { get; init; }

    /// <summary>Tokens beside the groups: instructions, tools, framing.</summary>
    public required int Request { get; init; }

    public required IReadOnlyList<string> Rungs { get; init; }

    /// <summary>Null when the plan fits.</summary>
    public string? CannotFit { get; init; }

    public required IReadOnlyList<PlannedGroup> Groups { get; init; }

    public required IReadOnlyList<PlannedSummaryReport> Summaries { get; init; }

    public required IReadOnlyList<ProblemReport> Problems { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>One group and what happens to it.</summary>
/// <param name="Group">Its number, counted from 1: what <c>--pin</c> takes.</param>
internal sealed record PlannedGroup(
    int Group, string Handle, GroupKind Kind, int Turn, int Messages, string Place, string Text, int Tokens, GroupAction Action,
    string Reason, int After);

/// <summary>A summary that would be written.</summary>
/// <param name="FirstGroup">The first group that it covers, counted from 1.</param>
/// <param name="LastGroup">The last one.</param>
/// <param name="Groups">How many.</param>
/// <param name="Tokens">The most that its text may have.</param>
/// <param name="Parts">What it tells at which level, oldest first; empty where one text is written.</param>
internal sealed record PlannedSummaryReport(int FirstGroup, int LastGroup, int Groups, int Tokens, IReadOnlyList<PlannedPartReport> Parts);

/// <summary>A part of a summary that would be written.</summary>
/// <param name="Level">0: its own words; null: a part of an earlier summary goes on as it is.</param>
/// <param name="FirstGroup">The first group that it tells of, counted from 1.</param>
/// <param name="LastGroup">The last one.</param>
/// <param name="CoveredTokens">Tokens of what it is written from.</param>
/// <param name="Tokens">The most that its text may have.</param>
/// <param name="Children">The parts that it is written from; empty where it is written from groups.</param>
internal sealed record PlannedPartReport(
    int? Level, int FirstGroup, int LastGroup, int CoveredTokens, int Tokens, IReadOnlyList<PlannedPartReport> Children)
{
    /// <summary>Texts that models would be asked for, this one and those below.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Nodes => (Level > 0 ? 1 : 0) + Children.Sum(child => child.Nodes);
}
