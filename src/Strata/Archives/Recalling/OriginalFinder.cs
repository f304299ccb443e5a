using Strata.Transcripts;

namespace Strata.Archives.Recalling;

/// <summary>Finds what handles lead to. For one question only.</summary>
internal sealed class OriginalFinder(IArchive archive, SessionScope? scope = null)
{
    // Members of a group seldom lie farther apart: results behind a user message that came between.
    private const int LookAhead = 64;

    private readonly HashSet<HandleRange> _asked = [];
    private readonly Dictionary<string, ReceiptChain> _chains = new(StringComparer.Ordinal);

    public async ValueTask<ArchivedRecall?> FindAsync(HandleRange range, CancellationToken cancellationToken)
    {
        // A summary that names itself would be asked for without end.
        if (!_asked.Add(range))
            return null;
        if (range.Last is not { } last || last == range.First)
            return await SingleAsync(range.First, cancellationToken).ConfigureAwait(false);
        return await RangeAsync(range.First, last, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ArchivedRecall?> SingleAsync(Handle handle, CancellationToken cancellationToken)
    {
        ArchivedRecall? found = null;
        foreach (var place in await PlacesAsync(handle, cancellationToken).ConfigureAwait(false))
        {
            if (await archive.FindReceiptAsync(place.ReceiptId, cancellationToken).ConfigureAwait(false) is not { } receipt)
                continue;
            var at = await AtAsync(receipt, place, cancellationToken).ConfigureAwait(false);
            // A text that only quoted a marker was archived under the quoted handle too.
            if (place.ContentIndex < 0 || (at.Content is { } content && ContentHandle.HandleOf(content) == handle))
                return at;
            found ??= at;
        }

        if (found is not null)
            return found;
        var originals = await archive.FindOriginalsAsync(handle, cancellationToken).ConfigureAwait(false);
        if (scope is not null)
            originals = await scope.FilterAsync(originals, cancellationToken).ConfigureAwait(false);
        return originals.Count > 0
            ? new ArchivedRecall(originals, null, null, null)
            : null;
    }

    private async ValueTask<ArchivedRecall> AtAsync(ArchivedReceipt receipt, HandlePlace place, CancellationToken cancellationToken)
    {
        var originals =
            await ReadAsync([.. place.Positions.Select(position => receipt.Before[position])], cancellationToken).ConfigureAwait(false);
        if (originals.Any(original => MadeMessages.LooksMade(original.Message)))
        {
            var chain = await ChainAsync(receipt, cancellationToken).ConfigureAwait(false);
            originals = await ReadAsync([.. chain.IndexesOf(place.ReceiptId, place.Positions).Select(index => chain.Messages[index])],
                cancellationToken).ConfigureAwait(false);
        }

        var content = place.ContentIndex >= 0 && originals is [var only] && place.ContentIndex < only.Message.Contents.Count
            ? only.Message.Contents[place.ContentIndex] : null;
        return new ArchivedRecall(
            place.ContentIndex >= 0 ? originals : await ExpandAsync(originals, cancellationToken).ConfigureAwait(false), content,
            place.SessionId, place.ReceiptId);
    }

    private async ValueTask<ArchivedRecall?> RangeAsync(Handle first, Handle last, CancellationToken cancellationToken)
    {
        var starts =
            (await PlacesAsync(first, cancellationToken).ConfigureAwait(false)).ToLookup(place => place.ReceiptId, StringComparer.Ordinal);
        var ends = await PlacesAsync(last, cancellationToken).ConfigureAwait(false);
        foreach (var end in ends.GroupBy(place => place.ReceiptId, StringComparer.Ordinal))
        {
            if (await archive.FindReceiptAsync(end.Key, cancellationToken).ConfigureAwait(false) is not { } receipt)
                continue;
            var chain = await ChainAsync(receipt, cancellationToken).ConfigureAwait(false);
            var from = starts.SelectMany(places => chain.IndexesOf(places.Key, places.SelectMany(place => place.Positions)))
                .DefaultIfEmpty(-1).Min();
            // Groups that say the same share a handle: the widest range holds what was cut, wherever it stood.
            var to = chain.IndexesOf(end.Key, end.SelectMany(place => place.Positions)).DefaultIfEmpty(-1).Max();
            if (from < 0 || to < from)
                continue;
            var originals = await GroupsAsync(chain.Messages, from, to, cancellationToken).ConfigureAwait(false);
            return new ArchivedRecall(
                await ExpandAsync(originals, cancellationToken).ConfigureAwait(false), null, receipt.SessionId, receipt.Receipt.Id);
        }

        return null;
    }

    // Whole groups: the result of a call within the range may lie behind it.
    private async ValueTask<IReadOnlyList<ArchivedOriginal>> GroupsAsync(
        IReadOnlyList<Fingerprint> messages, int from, int to, CancellationToken cancellationToken)
    {
        for (var ahead = LookAhead; ; ahead = messages.Count)
        {
            var read = await ReadAsync([.. messages.Skip(from).Take(to - from + 1 + Math.Min(ahead, messages.Count))], cancellationToken)
                .ConfigureAwait(false);
            var transcript = Transcript.Create(read.Select(original => original.Message));
            var groups = transcript.Groups.Where(group => group.MessageIndexes[0] <= to - from).ToList();
            if (ahead < messages.Count && from + read.Count < messages.Count && groups.Any(group => group.OpenCalls.Count > 0))
                continue;
            return [.. groups.SelectMany(group => group.MessageIndexes).Order().Select(index => read[index])];
        }
    }

    // A summary whose making no receipt tells: its own line names what it stands for.
    private async ValueTask<IReadOnlyList<ArchivedOriginal>> ExpandAsync(
        IReadOnlyList<ArchivedOriginal> originals, CancellationToken cancellationToken)
    {
        var expanded = new List<ArchivedOriginal>(originals.Count);
        foreach (var original in originals)
        {
            var known = expanded.Count;
            foreach (var range in SummaryHeader.Starts(original.Message.Text) ? SummaryHeader.RangesOf(original.Message.Text).Reverse()
                : [])
            {
                if (await FindAsync(HandleRange.Parse(range), cancellationToken).ConfigureAwait(false) is { } found)
                    expanded.AddRange(found.Originals);
            }

            if (expanded.Count == known)
                expanded.Add(original);
        }

        return expanded;
    }

    private async ValueTask<ReceiptChain> ChainAsync(ArchivedReceipt receipt, CancellationToken cancellationToken)
    {
        if (!_chains.TryGetValue(receipt.Receipt.Id, out var chain))
            _chains[receipt.Receipt.Id] = chain =
                new ReceiptChain(await ReceiptChain.LinksAsync(archive, receipt, oldestId: null, cancellationToken).ConfigureAwait(false));
        return chain;
    }

    private async ValueTask<IReadOnlyList<HandlePlace>> PlacesAsync(Handle handle, CancellationToken cancellationToken)
    {
        var places = await archive.FindHandleAsync(handle, cancellationToken).ConfigureAwait(false);
        return scope is null ? places : await scope.FilterAsync(places, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<IReadOnlyList<ArchivedOriginal>> ReadAsync(IReadOnlyList<Fingerprint> names, CancellationToken cancellationToken) =>
        RequiredOriginals.ReadAsync(archive, names, cancellationToken);
}
