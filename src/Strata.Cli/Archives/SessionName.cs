using Strata.Archives;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Cli.Archives;

/// <summary>By what id the archive knows a session.</summary>
internal static class SessionName
{
    // The archive's limit, in chars.
    private const int Longest = 200;

    /// <summary>
    /// The id that its agent gave it. A conversation without one belongs to the session that it went on from, or whose beginning was
    /// compacted before; null where there is none.
    /// </summary>
    public static async ValueTask<string?> FindAsync(
        IArchive archive, SessionDocument document, Transcript transcript, CancellationToken cancellationToken)
    {
        if (document.SessionId is { Length: > 0 and <= Longest } own)
            return own;
        var prefixes = Enumerable.Range(1, transcript.Messages.Count).Select(transcript.PrefixFingerprint).ToList();
        var known = await archive.FindReceiptAsync(ReceiptKey.Result, prefixes, cancellationToken).ConfigureAwait(false)
            ?? await archive.FindReceiptAsync(ReceiptKey.Source, prefixes, cancellationToken).ConfigureAwait(false);
        return known?.SessionId;
    }
}
