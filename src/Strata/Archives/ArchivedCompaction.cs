using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>One compaction as it is kept.</summary>
public sealed record ArchivedCompaction
{
    /// <value>The session it belongs to.</value>
    public required string SessionId { get; init; }

    /// <value>What people call the session: a file, a title. Null: nothing; a name that the session has stays.</value>
    public string? SessionName { get; init; }

    public required CompactionReceipt Receipt { get; init; }

    /// <value>The conversation before, every message of it.</value>
    public required IReadOnlyList<ArchivedMessage> Before { get; init; }

    /// <value>The conversation after, every message of it.</value>
    public required IReadOnlyList<ArchivedOutgoing> After { get; init; }

    /// <value>
    /// What <see cref="IArchive.StageAsync"/> made of <see cref="Before"/>, followed by the new messages of <see cref="After"/>; null:
    /// nothing was staged.
    /// </value>
    public IStagedOriginals? Staged { get; init; }

    /// <value>Every handle that the compacted text names, with what it leads to in <see cref="Before"/>.</value>
    public required IReadOnlyList<ArchivedHandle> Handles { get; init; }

    /// <value>
    /// Fingerprint of the conversation as its owner holds it. Equal to the receipt's source unless the owner keeps everything and earlier
    /// compactions stood before it in the context.
    /// </value>
    public required Fingerprint History { get; init; }

    /// <value>Messages in it.</value>
    public required int HistoryCount { get; init; }

    /// <value>Standing instructions of the user that hold on.</value>
    public IReadOnlyList<LedgerRecord> Ledger { get; init; } = [];

    /// <value>The session file as it was; null when the conversation came from none.</value>
    public ArchivedDocument? Document { get; init; }
}

/// <summary>A message with its name.</summary>
public readonly record struct ArchivedMessage(Fingerprint Fingerprint, ChatMessage Message);

/// <summary>One message of the conversation after a compaction.</summary>
/// <param name="Fingerprint">Names the message as it is now.</param>
/// <param name="Message">The message where the compaction made it (a summary, a notice, a shortened one); null where it is the source
/// message itself.</param>
/// <param name="SourceIndex">Its index in the conversation before; −1 for a summary or notice.</param>
/// <param name="HistoryIndex">Its index in the owner's conversation; −1 for a summary or notice, also of an earlier compaction.</param>
/// <param name="Replaces">For a summary or notice: the indexes before of what it stands for, ascending; empty otherwise.</param>
public sealed record ArchivedOutgoing(
    Fingerprint Fingerprint, ChatMessage? Message, int SourceIndex, int HistoryIndex, IReadOnlyList<int> Replaces);

/// <summary>A handle of a compacted text.</summary>
/// <param name="Handle">Its name.</param>
/// <param name="Positions">Indexes of the messages before that it leads to, ascending.</param>
/// <param name="ContentIndex">Index of the one content in the one message that it leads to; −1 for whole messages.</param>
public sealed record ArchivedHandle(Handle Handle, IReadOnlyList<int> Positions, int ContentIndex = -1);

/// <summary>A standing instruction.</summary>
/// <param name="Text">The user's own words.</param>
/// <param name="Kind">What it is, in the ledger's terms: <c>rule</c>, <c>fact</c>.</param>
/// <param name="Handle">The group in which it was said; null when an earlier summary carried it.</param>
public sealed record LedgerRecord(string Text, string Kind, Handle? Handle);

/// <summary>A session file.</summary>
/// <param name="Format">The <see cref="Formats.ISessionFormat.Name"/> that reads it.</param>
/// <param name="Name">The file's name, for people.</param>
/// <param name="Bytes">All of it, unless secrets were redacted.</param>
public sealed record ArchivedDocument(string Format, string? Name, ReadOnlyMemory<byte> Bytes);
