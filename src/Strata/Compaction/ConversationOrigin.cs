using Strata.Transcripts;

namespace Strata;

/// <summary>The owner's conversation behind one in which compacted messages already stand for others.</summary>
/// <param name="History">Fingerprint of the owner's conversation.</param>
/// <param name="Count">Messages in it.</param>
/// <param name="Indexes">For each message of the request its index there; -1 for what a compaction made.</param>
internal sealed record ConversationOrigin(Fingerprint History, int Count, IReadOnlyList<int> Indexes);
