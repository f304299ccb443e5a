using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Strata.Chat.Recalling;

namespace Strata.Chat;

/// <summary>
/// Sends what was prepared. The model's calls of the recall tools are answered on the way; an overflow is answered by one more compaction and one more try;
/// reported usage is learnt from.
/// </summary>
internal sealed class RequestSender(IChatClient inner, Compactor compactor, ViewCompactor views, RequestTokenCache requestTokens)
{
    private readonly Recaller? _recaller = compactor.Archive is { } archive ? new Recaller(compactor, archive) : null;

    public async Task<ChatResponse> SendAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        var counted = new StrongBox<long>();
        try
        {
            return await AskAsync(request, counted, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (OverflowError.Of(e) is not null)
        {
            if (await TightenAsync(request, e, counted.Value, cancellationToken).ConfigureAwait(false) is not { } tighter)
                throw;
            return await AskAsync(tighter, counted, cancellationToken).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(OutgoingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (hasYielded, hasTightened, spent) = (false, false, new List<AIContent>());
        for (var round = 1; ; round++)
        {
            var sent = await ComposeAsync(request, cancellationToken).ConfigureAwait(false);
            var updates = new RoundUpdates(sent.Offer);
            ExceptionDispatchInfo? overflow = null;
            var stream = inner.GetStreamingResponseAsync(sent.Messages, sent.Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (stream.ConfigureAwait(false))
            {
                while (true)
                {
                    try
                    {
                        if (!await stream.MoveNextAsync().ConfigureAwait(false))
                            break;
                    }
                    catch (Exception e) when (!hasYielded && !hasTightened && OverflowError.Of(e) is not null)
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
                if (await TightenAsync(request, overflow.SourceException, sent.Counted, cancellationToken).ConfigureAwait(false) is not { } tighter)
                    overflow.Throw();
                else
                    request = tighter;
                continue;
            }

            await compactor.Calibrator.ObserveAsync(request.Call.Model, sent.Counted, updates.Usage, cancellationToken).ConfigureAwait(false);
            if (updates.Pending is not { Count: > 0 } calls || round > Recaller.MostRounds + 1)
            {
                foreach (var update in updates.Held)
                    yield return update;
                if (spent.Count > 0)
                    yield return new ChatResponseUpdate(ChatRole.Assistant, spent);
                yield break;
            }

            spent.AddRange(updates.HeldUsage);
            await RecallAsync(request, sent, updates.All.ToChatResponse().Messages, calls, round, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ChatResponse> AskAsync(OutgoingRequest request, StrongBox<long> counted, CancellationToken cancellationToken)
    {
        UsageDetails? spent = null;
        for (var round = 1; ; round++)
        {
            var sent = await ComposeAsync(request, cancellationToken).ConfigureAwait(false);
            counted.Value = sent.Counted;
            var response = await inner.GetResponseAsync(sent.Messages, sent.Options, cancellationToken).ConfigureAwait(false);
            await compactor.Calibrator.ObserveAsync(request.Call.Model, sent.Counted, response.Usage, cancellationToken).ConfigureAwait(false);
            var calls = sent.Offer is { } offer ? Recaller.PendingIn(response.Messages.SelectMany(message => message.Contents), offer) : [];
            if (calls.Count > 0 && round <= Recaller.MostRounds + 1)
            {
                spent = Sum(spent, response.Usage);
                await RecallAsync(request, sent, response.Messages, calls, round, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (calls.Count > 0)
                response.Messages = [.. response.Messages.Select(message => Recaller.Without(message, sent.Offer!.IsOurs))];
            if (spent is not null)
                response.Usage = Sum(spent, response.Usage);
            return response;
        }
    }

    private async ValueTask<SentRequest> ComposeAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        var (call, view) = (request.Call, request.View);
        var messages = call.History.TokensFrom(view?.Covered ?? 0) + (view?.Tokens ?? 0);
        if (_recaller is null || await _recaller.OfferAsync(request, cancellationToken).ConfigureAwait(false) is not { } offer)
            return new SentRequest(request.Messages, request.Options, null, requestTokens.Count(request.Options) + messages);
        var options = offer.AddTo(request.Options);
        var recalled = call.Conversation.RecalledFor(call);
        return new SentRequest(
            recalled.Count == 0 ? request.Messages : Recaller.Insert(recalled, request.Messages, view),
            options, offer, requestTokens.Count(options) + messages + recalled.Sum(exchange => exchange.Tokens));
    }

    private async ValueTask RecallAsync(
        OutgoingRequest request, SentRequest sent, IEnumerable<ChatMessage> answer, IReadOnlyList<FunctionCallContent> calls, int round,
        CancellationToken cancellationToken)
    {
        var call = request.Call;
        var room = round > Recaller.MostRounds ? 0 : (views.LimitsOf(call).Available - call.Scale.ToReported(sent.Counted)) / call.Scale.Ratio;
        call.Conversation.Add(await _recaller!.AnswerAsync(call, sent.Offer!, answer, calls, room, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same call with a smaller view; null when there is none.</summary>
    private async ValueTask<OutgoingRequest?> TightenAsync(OutgoingRequest request, Exception exception, long counted, CancellationToken cancellationToken)
    {
        var error = OverflowError.Of(exception)!;
        var estimated = request.Call.Scale.ToReported(counted);
        if (error.Used is { } used)
            await compactor.Calibrator.ObserveAsync(request.Call.Model, counted, used, cancellationToken).ConfigureAwait(false);
        var call = request.Call with { Scale = compactor.Calibrator.ScaleOf(request.Call.Model) };
        var view = await views.TightenAsync(call, error, estimated, cancellationToken).ConfigureAwait(false);
        return view is null || ReferenceEquals(view, request.View)
            ? null
            : new OutgoingRequest(ConversationView.Apply(view, call.Messages), request.Options, call, view, call.TokensOf(view));
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
