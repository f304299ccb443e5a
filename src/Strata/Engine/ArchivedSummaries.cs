using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata;

/// <summary>Asks an archive for the messages that begin with Strata's header and that this process did not write.</summary>
internal static class ArchivedSummaries
{
    // A conversation holds one of ours or two. Whoever sends more of them forges, and does not decide how much is looked up.
    private const int MostAsked = 16;

    /// <summary>Adds what the archive holds to <see cref="KnownSummaries"/>; whether there was any.</summary>
    public static async ValueTask<bool> FindAsync(
        IArchive archive, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var found = false;
        foreach (var text in messages.Select(MessageText.Of).Where(SummaryHeader.IsForged).Distinct().Take(MostAsked))
        {
            if (!await HoldsAsync(archive, text, cancellationToken).ConfigureAwait(false))
                continue;
            KnownSummaries.Add(text);
            found = true;
        }

        return found;
    }

    // The header names what the summary stands for, and the compaction that cut it made the summary.
    private static async ValueTask<bool> HoldsAsync(IArchive archive, string text, CancellationToken cancellationToken)
    {
        if (SummaryHeader.RangesOf(text) is not [var range, ..])
            return false;
        foreach (var name in range.Split("..").Distinct())
        {
            if (!Handle.TryParse(name, out var handle))
                continue;
            foreach (var place in await archive.FindHandleAsync(handle, cancellationToken).ConfigureAwait(false))
            {
                if (await archive.FindReceiptAsync(place.ReceiptId, cancellationToken).ConfigureAwait(false) is not { } receipt)
                    continue;
                var made = receipt.After.Where(message => message.SourceIndex < 0).Select(message => message.Fingerprint).ToList();
                var originals = await archive.ReadAsync(made, cancellationToken).ConfigureAwait(false);
                if (originals.Any(original => original is not null && IsSame(MessageText.Of(original.Message), text)))
                    return true;
            }
        }

        return false;
    }

    private static bool IsSame(string one, string other) => one.AsSpan().Trim().SequenceEqual(other.AsSpan().Trim());
}
