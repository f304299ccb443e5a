using Strata.Archives;
using Strata.Cli.Files;

namespace Strata.Cli.Archives;

/// <summary>A session as it was before compactions.</summary>
/// <param name="File">Its bytes, and what stands in them.</param>
/// <param name="Undone">The receipts whose compactions are taken back, newest first.</param>
/// <param name="Since">Messages that came after the newest of them.</param>
/// <param name="IsDocument">Whether it is the archived file and nothing else.</param>
internal sealed record RestoredSession(SessionFile File, IReadOnlyList<ArchivedReceipt> Undone, int Since, bool IsDocument)
{
    /// <summary>Secrets that are placeholders in it; unless told otherwise, as the oldest of the compactions counted them.</summary>
    public int Secrets { get; init; } = Undone[^1].SecretsRedacted;

    /// <summary>Messages that lost signed reasoning, because it was made behind the compacted messages.</summary>
    public int SignedSince { get; init; }

    /// <summary>Whether the compacted part was changed since, so that only what still stood of it could be expanded.</summary>
    public bool WasEdited { get; init; }

    /// <summary>Whether it is, byte for byte, the file that was compacted.</summary>
    public bool IsExact => IsDocument && Secrets == 0;
}
