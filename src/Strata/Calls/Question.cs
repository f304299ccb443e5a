using Strata.Costs;
using Strata.Tokens;

namespace Strata.Calls;

/// <summary>One model and what it is asked.</summary>
internal sealed class Question
{
    private readonly Lazy<(long Counted, long AtMost)> _input;

    public Question(CallableModel model, CallRequest request, Func<CallAnswer, string?> refuse, MessageCounter counter)
    {
        Model = model;
        Request = request;
        Refuse = refuse;
        MaxOutputTokens = Math.Min(request.MaxOutputTokens, model.OutputLimit ?? int.MaxValue);
        _input = new(() => Count(counter));
    }

    public CallableModel Model { get; }

    public CallRequest Request { get; }

    public Func<CallAnswer, string?> Refuse { get; }

    public int MaxOutputTokens { get; }

    public List<CallFailure> Failures { get; } = [];

    public long InputTokens => _input.Value.Counted;

    /// <summary>USD; null when the model's prices are unknown.</summary>
    public decimal? MostCost => Model.Prices is { } prices ? CallCost.AtMost(prices, _input.Value.AtMost, MaxOutputTokens) : null;

    /// <summary>What an attempt takes that a server turns away.</summary>
    public CallUsage Nothing => new(0, 0, 0, Model.Prices is null ? null : 0, TimeSpan.Zero);

    public int TimeoutsSoFar => Failures.Count(failure => failure.Fault is CallFault.Timeout);

    private (long Counted, long AtMost) Count(MessageCounter counter)
    {
        long counted = counter.CountRequest(options: null);
        foreach (var message in Request.Messages)
            counted += counter.Count(message).Total;
        return (counted, (long)Math.Ceiling(counted * (1 + counter.Text.ErrorBand)));
    }
}
