using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>A conversation that the archive knows.</summary>
/// <param name="Id">Its name for programs.</param>
/// <param name="Name">What people call it; null when nobody said.</param>
/// <param name="AgentId">Whose it is; null when nobody said.</param>
/// <param name="CreatedAt">When something of it was first kept.</param>
/// <param name="UpdatedAt">When something of it was last kept.</param>
/// <param name="LogCount">Messages in its log.</param>
/// <param name="Compactions">Receipts, undone ones included.</param>
/// <param name="TokensFreed">Sum of tokens before minus after over the receipts that stand.</param>
public sealed record ArchivedSession(
    string Id, string? Name, string? AgentId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long LogCount, int Compactions,
    long TokensFreed);

/// <summary>An original as it was kept.</summary>
/// <param name="Fingerprint">Its name: of the message as it was, before secrets were redacted.</param>
/// <param name="Message">The message, with placeholders where secrets were.</param>
/// <param name="SecretsRedacted">How many; 0: the message is what it was.</param>
public sealed record ArchivedOriginal(Fingerprint Fingerprint, ChatMessage Message, int SecretsRedacted);

/// <summary>What to look for.</summary>
public sealed record SearchQuery
{
    /// <value>
    /// Words in any language, file names, identifiers; an original that holds more of them comes first. Quotation marks and operators mean
    /// nothing.
    /// </value>
    public required string Words { get; init; }

    /// <value>Null: in all sessions.</value>
    public string? SessionId { get; init; }

    public int Limit { get; init; } = 20;
}

/// <summary>An original that holds what was looked for.</summary>
/// <param name="Handle">Recalls the message.</param>
/// <param name="SessionId">The newest session that holds it.</param>
/// <param name="Role">Who said it.</param>
/// <param name="At">When it was first kept.</param>
/// <param name="Excerpt">One line around the words, at most 240 chars.</param>
public sealed record SearchHit(Handle Handle, string SessionId, ChatRole Role, DateTimeOffset At, string Excerpt);
