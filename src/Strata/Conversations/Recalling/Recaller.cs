using Microsoft.Extensions.AI;
using Strata.Archives;

namespace Strata.Conversations.Recalling;

/// <summary>
/// Offers a recall tool where handles stand in what is sent, and answers its calls: the caller's own tool loop knows nothing of it.
/// </summary>
internal sealed class Recaller(Compactor compactor, IArchive archive)
{
    /// <summary>So many times in one answer a model may recall; then it has to answer.</summary>
    public const int MostRounds = 4;

    // A result takes at most this share of what is left, so that the next one and the answer have room too.
    private const int RoomShare = 2;

    private readonly KnownHandles _handles = new(archive, compactor.Time);

    /// <summary>Null where no handle leads to anything, and where the caller asks for certain tools or none.</summary>
    public async ValueTask<RecallOffer?> OfferAsync(PreparedRequest request, CancellationToken cancellationToken)
    {
        var (conversation, options) = (request.Call.Conversation, request.Options);
        if (options?.ToolMode is RequiredChatToolMode or NoneChatToolMode)
            return null;

        // A client around this one offers them already, and answers their calls.
        if (options?.Tools?.Any(tool => tool is RecallFunction) is true)
            return null;
        try
        {
            if (await _handles.SessionOfAsync(request.Messages, request.View?.SessionId, cancellationToken)
                .ConfigureAwait(false) is not { } session)
                return null;
            if (conversation.Recall is { } known && known.Suits(options, session))
                return known;
            var taken = options?.Tools?.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal) ?? [];
            var search = new SearchHistoryFunction(Free(SearchHistoryFunction.UsualName, taken), archive, session);
            return conversation.Recall = new RecallOffer(
                new RecallFunction(Free(RecallFunction.UsualName, taken), archive, search, compactor.Counter.Text,
                    compactor.Budget.Available / 8), search, session);
        }
        catch (ArchiveException)
        {
            return null;
        }
    }

    /// <summary>The messages to send: what was recalled in this turn stands before the answer that it was recalled for.</summary>
    public static IReadOnlyList<ChatMessage> Insert(
        IReadOnlyList<RecallExchange> exchanges, IEnumerable<ChatMessage> outgoing, ConversationView? view)
    {
        var all = outgoing.ToList();
        foreach (var exchange in exchanges.Reverse())
        {
            // Where a compaction has passed it, it stands behind what that left.
            var at = view is null ? exchange.At : view.Items.Count + Math.Max(0, exchange.At - view.Covered);
            all.InsertRange(Math.Min(at, all.Count), exchange.Messages);
        }

        return all;
    }

    /// <summary>The model's calls of ours that nobody answered; empty when the answer is for the caller as it is.</summary>
    public static IReadOnlyList<FunctionCallContent> PendingIn(IEnumerable<AIContent> contents, RecallOffer offer)
    {
        var calls = new List<FunctionCallContent>();
        foreach (var content in contents)
        {
            if (offer.IsOurs(content))
                calls.Add((FunctionCallContent)content);
            else if (content is FunctionResultContent result)
                calls.RemoveAll(call => call.CallId == result.CallId);
        }

        return calls;
    }

    /// <summary>
    /// Answers <paramref name="calls"/>. Other tools that were called beside them have not run: the model is asked again and may call them
    /// then.
    /// </summary>
    public async ValueTask<RecallExchange> AnswerAsync(
        ConversationCall call, RecallOffer offer, IEnumerable<ChatMessage> answer, IReadOnlyList<FunctionCallContent> calls, double room,
        CancellationToken cancellationToken)
    {
        var counter = compactor.Counter;
        var results = new ChatMessage(ChatRole.Tool, (IList<AIContent>)[]);
        foreach (var ours in calls)
        {
            var result =
                await offer.AnswerAsync(ours, (int)Math.Clamp(room / RoomShare, 0, int.MaxValue), cancellationToken).ConfigureAwait(false);
            results.Contents.Add(result);
            room -= counter.CountContent(result);
        }

        List<ChatMessage> messages =
        [
            .. answer.Select(message => Without(message, content => content is FunctionCallContent && !offer.IsOurs(content)))
                .Where(message => message.Contents.Count > 0),
            results,
        ];
        return new RecallExchange(call.History.Prefix(call.History.Count), call.Messages.Length, messages,
            messages.Sum(message => (long)counter.Count(message).Total));
    }

    /// <summary>The message without some of its contents; the same instance when it has none of them.</summary>
    public static ChatMessage Without(ChatMessage message, Func<AIContent, bool> isUnwanted)
    {
        if (!message.Contents.Any(isUnwanted))
            return message;
        var copy = message.Clone();
        copy.Contents = [.. message.Contents.Where(content => !isUnwanted(content))];
        copy.RawRepresentation = null;   // it still holds everything, and the provider's adapter would send that
        return copy;
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = taken.Contains(name) ? "archive_" + name : name;
        for (var i = 2; taken.Contains(free); i++)
            free = FormattableString.Invariant($"archive_{name}_{i}");
        return free;
    }
}
