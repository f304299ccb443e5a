using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Costs;

namespace Strata.Tests.Calls;

/// <summary>A caller on a clock that stands still, and an observer that remembers.</summary>
internal sealed class CallerSetup : ICallObserver
{
    /// <summary>Longer than any wait between retries, so that <see cref="ManualTime.RunAsync"/> tells the two apart.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    public CallerSetup(CallOptions? options = null, SpendCap? cap = null, ICallObserver? other = null) =>
        Caller = new ModelCaller(options, Time, CallObservers.All(other, this), cap);

    public ManualTime Time { get; } = new();

    public ModelCaller Caller { get; }

    public List<string> Told { get; } = [];

    public static CallableModel Model(string name, IChatClient client) => new() { Name = name, Client = client };

    public static CallRequest Request(CallableModel model) => new()
    {
        Messages = [new ChatMessage(ChatRole.User, "Summarize the conversation.")],
        MaxOutputTokens = 200,
        Timeout = Timeout,
        Purpose = "level-1",
    };

    public Task<CallOutcome> AskAsync(params CallableModel[] models) => AskAsync(_ => null, TestContext.Current.CancellationToken, models);

    public Task<CallOutcome> AskAsync(
        Func<CallAnswer, string?> refuse, CancellationToken cancellationToken, params CallableModel[] models) =>
        Caller.CallAsync(models, Request, refuse, cancellationToken).AsTask();

    /// <summary>The same, with the waits between retries passing at once.</summary>
    public Task<CallOutcome> RunAsync(params CallableModel[] models) => Time.RunAsync(AskAsync(models), LongestWait);

    public void OnStarted(string model, string purpose) => Tell($"{model} started");

    public void OnAnswered(CallAnswer answer, string purpose) => Tell($"{answer.Model} answered");

    public void OnFailed(CallFailure failure, string purpose) => Tell($"{failure.Model} {failure.Fault}");

    private void Tell(string what)
    {
        lock (_lock)
            Told.Add(what);
    }
}
