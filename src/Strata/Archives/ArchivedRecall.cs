using Microsoft.Extensions.AI;

namespace Strata.Archives;

/// <summary>What a handle brought back.</summary>
/// <param name="Originals">The messages, oldest first; for one content the message that it is in.</param>
/// <param name="Content">The one content that the handle names; null when it names whole messages.</param>
/// <param name="SessionId">The session of the compaction that cut it; null where the handle is that of a message, which any session may
/// hold.</param>
/// <param name="ReceiptId">That compaction; null as before.</param>
public sealed record ArchivedRecall(IReadOnlyList<ArchivedOriginal> Originals, AIContent? Content, string? SessionId, string? ReceiptId)
{
    /// <value>The messages without what the archive knows of them.</value>
    public IReadOnlyList<ChatMessage> Messages { get; } = [.. Originals.Select(original => original.Message)];

    /// <value>Places in them where a placeholder stands for a secret.</value>
    public int SecretsRedacted => Originals.Sum(original => original.SecretsRedacted);
}
