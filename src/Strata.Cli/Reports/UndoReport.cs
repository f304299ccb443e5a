namespace Strata.Cli.Reports;

/// <summary>What <c>strata undo</c> restored.</summary>
internal sealed record UndoReport
{
    /// <summary>As it was typed.</summary>
    public required string Of { get; init; }

    public required string Archive { get; init; }

    public required string Session { get; init; }

    public required string Format { get; init; }

    /// <summary>A dash for standard output.</summary>
    public required string Output { get; init; }

    public long? OutputBytes { get; init; }

    /// <summary>The compactions that were taken back, newest first.</summary>
    public required IReadOnlyList<UndoneRow> Undone { get; init; }

    public required int Messages { get; init; }

    /// <summary>Messages that came after the compaction and are still there.</summary>
    public required int MessagesSince { get; init; }

    /// <summary>Whether it is, byte for byte, the file that was compacted.</summary>
    public required bool Exact { get; init; }

    /// <summary>Whether the compacted part was changed since, so that only what still stood of it was expanded.</summary>
    public required bool WasEdited { get; init; }

    /// <summary>Messages from after the compaction without the signed reasoning that was made behind the compacted messages.</summary>
    public required int ReasoningLeftOut { get; init; }

    /// <summary>Secrets that the archive never saw: placeholders stand for them.</summary>
    public required int SecretsRedacted { get; init; }

    /// <summary>What else the user should know, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A compaction that was taken back.</summary>
internal sealed record UndoneRow(string Receipt, DateTimeOffset At, string Strategy, int Before, int After);
