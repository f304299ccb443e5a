using Microsoft.Extensions.AI;
using Strata.Conversations.Recalling;

namespace Strata.Chat;

/// <summary>
/// The updates of one streamed answer. From the first tool call on they are held: whether they are for the caller shows at the end.
/// </summary>
/// <param name="offer">Null: no tools of ours were offered, and nothing is held.</param>
internal sealed class RoundUpdates(RecallOffer? offer)
{
    private readonly List<ChatResponseUpdate> _all = [];
    private readonly List<ChatResponseUpdate> _held = [];
    private UsageDetails? _usage;

    public IReadOnlyList<ChatResponseUpdate> All => _all;

    /// <summary>What was held back, without calls of ours.</summary>
    public IEnumerable<ChatResponseUpdate> Held =>
        _held.Select(WithoutOurs).Where(update => update.Contents.Count > 0 || update.FinishReason is not null);

    public IEnumerable<AIContent> HeldUsage => _held.SelectMany(update => update.Contents).Where(content => content is UsageContent);

    public UsageDetails? Usage => _usage;

    /// <summary>Calls of ours that nobody answered.</summary>
    public IReadOnlyList<FunctionCallContent> Pending =>
        offer is null ? [] : Recaller.PendingIn(_held.SelectMany(update => update.Contents), offer);

    public bool MayPass(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
                (_usage ??= new UsageDetails()).Add(usage.Details);
        }

        if (offer is null)
            return true;
        _all.Add(update);
        if (_held.Count == 0 && !update.Contents.Any(content => content is FunctionCallContent))
            return true;
        _held.Add(update);
        return false;
    }

    private ChatResponseUpdate WithoutOurs(ChatResponseUpdate update)
    {
        if (Pending.Count == 0 || !update.Contents.Any(offer!.IsOurs))
            return update;
        var copy = update.Clone();
        copy.Contents = [.. update.Contents.Where(content => !offer.IsOurs(content))];
        return copy;
    }
}
