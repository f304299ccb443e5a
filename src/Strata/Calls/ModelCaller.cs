namespace Strata.Calls;

/// <summary>Calls models: one after the other until one answers what the caller accepts.</summary>
/// <remarks>Thread-safe. One instance for all callers: breakers, limits and the spend cap are counted over everything that goes through it.</remarks>
public sealed class ModelCaller
{
    /// <summary>Asks <paramref name="models"/> in order. Never throws for what a model or its server did: that is in the outcome.</summary>
    /// <param name="models">The first choice and those to fall back to.</param>
    /// <param name="ask">What to ask a model: windows differ.</param>
    /// <param name="refuse">Why an answer is not accepted; null when it is. A refused model is not asked again.</param>
    /// <param name="cancellationToken">Ends the call under way.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<CallOutcome> CallAsync(
        IReadOnlyList<CallableModel> models, Func<CallableModel, CallRequest> ask, Func<CallAnswer, string?> refuse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(refuse);
        var failures = new List<CallFailure>();
        foreach (var model in models)
        {
            var request = ask(model);
            var response = await model.Client.GetResponseAsync(request.Messages, new() { MaxOutputTokens = request.MaxOutputTokens }, cancellationToken).ConfigureAwait(false);
            var answer = new CallAnswer(model.Name, response.Text, WasCut: false, default);
            if (refuse(answer) is not { } reason)
                return new CallOutcome(answer, failures);
            failures.Add(new CallFailure(model.Name, CallFault.Rejected, reason, default));
        }

        return new CallOutcome(null, failures);
    }
}
