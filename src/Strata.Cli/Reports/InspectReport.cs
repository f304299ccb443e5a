using Strata.Cli.Inspection;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata inspect</c> prints. Numbers are tokens unless named otherwise.</summary>
internal sealed record InspectReport
{
    public required string File { get; init; }

    public required string Format { get; init; }

    public required ModelReport Model { get; init; }

    public required CounterReport Counter { get; init; }

    public required int Tokens { get; init; }

    public required int Window { get; init; }

    public required bool WindowIsKnown { get; init; }

    public required int Threshold { get; init; }

    public required int Target { get; init; }

    /// <summary>Number of messages in the live conversation.</summary>
    public required int Messages { get; init; }

    public required KindTokens Kinds { get; init; }

    public required IReadOnlyList<ToolTotal> Tools { get; init; }

    public required IReadOnlyList<TurnReport> Turns { get; init; }

    public required IReadOnlyList<GroupReport> Groups { get; init; }

    public required IReadOnlyList<LargeItem> LargestItems { get; init; }

    public required IReadOnlyList<RepeatedRead> RepeatedReads { get; init; }

    public required IReadOnlyList<ProblemReport> Problems { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>One turn.</summary>
/// <param name="Turn">Its number, counted from 1.</param>
/// <param name="FirstGroup">The number of its first group, counted from 1.</param>
internal sealed record TurnReport(int Turn, int FirstGroup, int Groups, int Messages, int Tokens, string Text);

/// <summary>One group, by the number that <c>--pin</c> takes.</summary>
internal sealed record GroupReport(
    int Group, string Handle, Transcripts.GroupKind Kind, Transcripts.Importance Importance, int Turn, int Messages, string Place,
    string Text, int Tokens);
