using Strata.Facts.Dialogues;
using Strata.Facts.Names;
using Strata.Facts.Ledgers;
using Strata.Facts.Manifests;

namespace Strata.LevelZero;

/// <summary>All that a summary is made of, read from the groups once.</summary>
internal sealed class SessionNotes
{
    /// <summary>The language the user writes in, "und" when it cannot be told.</summary>
    public required string Language { get; init; }

    public Ledger Ledger => LazyLedger.Value;

    /// <summary>
    /// Built when it is asked for: in a talk among people nobody gives rules, and reading all of it for them would cost most of the time.
    /// </summary>
    public required Lazy<Ledger> LazyLedger { get; init; }

    public required Manifest Manifest { get; init; }

    public required IdentifierTable Identifiers { get; init; }

    /// <summary>Whether nothing was done and nothing reported: then the user's words are all there is.</summary>
    public bool IsWithoutWork => Reports.Count == 0 && Earlier.Count == 0 && FileLines.Count == 0
        && Manifest is { Files.Count: 0, Commands.Count: 0, Errors.Count: 0, Commits.Count: 0, Tasks.Tasks.Count: 0 };

    /// <summary>Whether the first request is the session's first; false when that one stays outside the summary.</summary>
    public required bool HoldsFirstRequest { get; init; }

    /// <summary>In order.</summary>
    public required IReadOnlyList<Quote> Requests { get; init; }

    /// <summary>
    /// The newest request of the conversation, one of <see cref="Requests"/>, and the words that answered it; null where it is not told
    /// here, or has no answer.
    /// </summary>
    public (Quote Request, Quote Answer)? Answered { get; init; }

    /// <summary>The assistant's last text, on one line: where it says things stand. Null when it said nothing.</summary>
    public required Quote? LastWords { get; init; }

    /// <summary>Null when the conversation is no dialogue.</summary>
    public required Dialogue? Dialogue { get; init; }

    /// <summary>Sentences of the assistant.</summary>
    public required IReadOnlyList<Candidate> Reports { get; init; }

    /// <summary>Sentences of summaries that other tools wrote.</summary>
    public required IReadOnlyList<Candidate> Earlier { get; init; }

    /// <summary>Lines of files that were written or read.</summary>
    public required IReadOnlyList<Candidate> FileLines { get; init; }

    /// <summary>Texts that stay in the context beside the summary.</summary>
    public required IReadOnlyList<string> Beside { get; init; }

    /// <summary>Messages that the summary stands for, those of earlier summaries of ours included.</summary>
    public required int MessageCount { get; init; }

    /// <summary>Ranges that earlier summaries of ours stand for, newest first.</summary>
    public required IReadOnlyList<string> EarlierRanges { get; init; }
}
