using Strata.Tokens;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata count</c> prints. Numbers are tokens.</summary>
internal sealed record CountReport
{
    public required string File { get; init; }

    public required string Format { get; init; }

    public required int Tokens { get; init; }

    public required CounterReport Counter { get; init; }

    /// <summary>Input tokens that the file records for its last request; null when it records none.</summary>
    public int? Recorded { get; init; }

    /// <summary>Null for plain text without a model.</summary>
    public ModelReport? Model { get; init; }

    public int? Window { get; init; }

    public bool? WindowIsKnown { get; init; }

    public int? Available { get; init; }

    public int? Threshold { get; init; }

    public int? Target { get; init; }

    /// <summary>Null for plain text.</summary>
    public KindTokens? Kinds { get; init; }

    public IReadOnlyList<RoleTokens> Roles { get; init; } = [];

    public IReadOnlyList<ProblemReport> Problems { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Tokens by what they are spent on.</summary>
/// <param name="Request">Instructions and tools that the file sends beside the messages, and what primes the answer.</param>
internal sealed record KindTokens(int Text, int ToolCalls, int ToolResults, int Reasoning, int Media, int Framing, int Request)
{
    public static KindTokens Of(MessageTokens tokens, int request) =>
        new(tokens.Text, tokens.ToolCalls, tokens.ToolResults, tokens.Reasoning, tokens.Media, tokens.Framing, request);

    public IEnumerable<(string Name, int Tokens)> Rows() =>
    [
        ("text", Text),
        ("tool calls", ToolCalls),
        ("tool results", ToolResults),
        ("reasoning", Reasoning),
        ("media", Media),
        ("framing", Framing),
        ("request", Request),
    ];
}

/// <summary>Messages of one role and their tokens.</summary>
internal sealed record RoleTokens(string Role, int Messages, int Tokens);
