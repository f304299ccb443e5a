using System.Text;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Chat.Recalling;

/// <summary>Reads the originals behind a handle, as text that a model can read.</summary>
internal sealed class OriginalReader(IArchive archive)
{
    private const string To = "..";

    /// <summary>Null when the handle leads nowhere, or is none.</summary>
    public async ValueTask<string?> ReadAsync(string handle, CancellationToken cancellationToken)
    {
        var dots = handle.IndexOf(To, StringComparison.Ordinal);
        var (from, to) = dots < 0 ? (handle, handle) : (handle[..dots], handle[(dots + To.Length)..]);
        if (!Handle.TryParse(from.Trim(), out var first) || !Handle.TryParse(to.Trim(), out var last))
            return null;
        if (await PlaceAsync(first, last, cancellationToken).ConfigureAwait(false) is not { } place)
        {
            var own = dots < 0 ? await archive.FindOriginalsAsync(first, cancellationToken).ConfigureAwait(false) : [];
            return own.Count == 0 ? null : TextOf(own[0].Message, -1);
        }

        if (await archive.FindReceiptAsync(place.ReceiptId, cancellationToken).ConfigureAwait(false) is not { } receipt)
            return null;
        var names = place.Positions.Where(at => at >= 0 && at < receipt.Before.Count).Select(at => receipt.Before[at]).ToList();
        var originals = await archive.ReadAsync(names, cancellationToken).ConfigureAwait(false);
        var texts = originals.OfType<ArchivedOriginal>().Select(original => TextOf(original.Message, place.ContentIndex)).ToList();
        return texts.Count == 0 ? null : string.Join("\n\n", texts);
    }

    /// <summary>For a range: everything between its ends, in the newest compaction that knows both.</summary>
    private async ValueTask<HandlePlace?> PlaceAsync(Handle first, Handle last, CancellationToken cancellationToken)
    {
        var starts = await archive.FindHandleAsync(first, cancellationToken).ConfigureAwait(false);
        if (first == last)
            return starts is [var newest, ..] ? newest : null;
        var ends = await archive.FindHandleAsync(last, cancellationToken).ConfigureAwait(false);
        var pairs = from start in starts
                    join end in ends on start.ReceiptId equals end.ReceiptId
                    where start.Positions.Count > 0 && end.Positions.Count > 0 && start.Positions[0] <= end.Positions[^1]
                    select start with { Positions = [.. Enumerable.Range(start.Positions[0], end.Positions[^1] - start.Positions[0] + 1)], ContentIndex = -1 };
        return pairs.FirstOrDefault();
    }

    private static string TextOf(ChatMessage message, int contentIndex)
    {
        if (contentIndex >= 0 && contentIndex < message.Contents.Count)
            return TextOf(message.Contents[contentIndex]);
        var text = new StringBuilder($"[{message.Role}]");
        foreach (var content in message.Contents)
            text.Append('\n').Append(content is FunctionCallContent call ? $"called {call.Name}: {TextOf(call)}" : TextOf(content));
        return text.ToString();
    }

    private static string TextOf(AIContent content) => MessageText.Of(content) ?? content switch
    {
        DataContent data => FormattableString.Invariant($"[{data.MediaType}, {data.Data.Length:N0} bytes]"),
        UriContent uri => $"[{uri.MediaType} at {uri.Uri}]",
        _ => $"[{content.GetType().Name}]",
    };
}
