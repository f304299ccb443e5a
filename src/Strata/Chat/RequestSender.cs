using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Conversations.Recalling;
using Strata.Diagnostics;

namespace Strata.Chat;

/// <summary>
/// Sends what was prepared. The model's calls of the recall tools are answered on the way; an overflow is answered by one more compaction
/// and one more try; reported usage is learnt from.
/// </summary>
internal sealed class RequestSender(IChatClient inner, ContextManager context)
{
    public async Task<ChatResponse> SendAsync(PreparedRequest request, CancellationToken cancellationToken)
    {
        var newest = new StrongBox<PreparedRequest>(request);
        try
        {
            return await AskAsync(request, newest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (OverflowErrors.Of(e) is not null)
        {
            if (await context.TightenAsync(newest.Value!, OverflowErrors.Of(e)!, cancellationToken)
                .ConfigureAwait(false) is not { } tighter)
                throw;
            return await AskAsync(tighter, newest, cancellationToken).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        PreparedRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (hasYielded, hasTightened, spent) = (false, false, new List<AIContent>());
        for (var round = 1; ; round++)
        {
            var sent = await context.OfferRecallAsync(request, cancellationToken).ConfigureAwait(false);
            Mark(sent);
            var updates = new RoundUpdates(sent.Offer);
            ExceptionDispatchInfo? overflow = null;
            var stream =
                inner.GetStreamingResponseAsync(sent.Messages, sent.Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (stream.ConfigureAwait(false))
            {
                while (true)
                {
                    try
                    {
                        if (!await stream.MoveNextAsync().ConfigureAwait(false))
                            break;
                    }
                    catch (Exception e) when (!hasYielded && !hasTightened && OverflowErrors.Of(e) is not null)
                    {
                        overflow = ExceptionDispatchInfo.Capture(e);
                        break;
                    }

                    if (!updates.MayPass(stream.Current))
                        continue;
                    hasYielded = true;
                    yield return stream.Current;
                }
            }

            if (overflow is not null)
            {
                hasTightened = true;
                if (await context.TightenAsync(sent, OverflowErrors.Of(overflow.SourceException)!, cancellationToken)
                    .ConfigureAwait(false) is not { } tighter)
                    overflow.Throw();
                else
                    request = tighter;
                continue;
            }

            await context.ReportUsageAsync(sent, updates.Usage, cancellationToken).ConfigureAwait(false);
            if (updates.Pending is not { Count: > 0 } calls || round > Recaller.MostRounds + 1)
            {
                foreach (var update in updates.Held)
                    yield return update;
                if (spent.Count > 0)
                    yield return new ChatResponseUpdate(ChatRole.Assistant, spent);
                yield break;
            }

            spent.AddRange(updates.HeldUsage);
            await context.AnswerRecallAsync(sent, updates.All.ToChatResponse().Messages, calls, round, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<ChatResponse> AskAsync(
        PreparedRequest request, StrongBox<PreparedRequest> newest, CancellationToken cancellationToken)
    {
        UsageDetails? spent = null;
        for (var round = 1; ; round++)
        {
            var sent = await context.OfferRecallAsync(request, cancellationToken).ConfigureAwait(false);
            Mark(sent);
            newest.Value = sent;
            var response = await inner.GetResponseAsync(sent.Messages, sent.Options, cancellationToken).ConfigureAwait(false);
            await context.ReportUsageAsync(sent, response.Usage, cancellationToken).ConfigureAwait(false);
            var calls = sent.Offer is { } offer ? Recaller.PendingIn(response.Messages.SelectMany(message => message.Contents), offer) : [];
            if (calls.Count > 0 && round <= Recaller.MostRounds + 1)
            {
                spent = Sum(spent, response.Usage);
                await context.AnswerRecallAsync(sent, response.Messages, calls, round, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (calls.Count > 0)
                response.Messages = [.. response.Messages.Select(message => Recaller.Without(message, sent.Offer!.IsOurs))];
            if (spent is not null)
                response.Usage = Sum(spent, response.Usage);
            return response;
        }
    }

    /// <summary>Says on the activity of the call, which is the current one, that what is sent was compacted.</summary>
    private static void Mark(PreparedRequest sent)
    {
        if (sent.MessagesReplaced > 0)
            CompactionTelemetry.MarkCompacted(Activity.Current);
    }

    private static UsageDetails? Sum(UsageDetails? one, UsageDetails? other)
    {
        if (one is null || other is null)
            return one ?? other;
        var sum = new UsageDetails();
        sum.Add(one);
        sum.Add(other);
        return sum;
    }
}
