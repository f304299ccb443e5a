namespace Strata.Calls;

/// <summary>Is told of every attempt, for metrics and progress. Called from several threads at once; what it throws is swallowed.</summary>
/// <remarks>
/// An attempt that is sent is told twice: its start, and then its answer or its failure, in the same asynchronous flow, so an
/// <see cref="AsyncLocal{T}"/>
/// connects the two. What is not sent (<see cref="CallFault.BreakerOpen"/>, <see cref="CallFault.SpendCapReached"/>) is told as a failure
/// only.
/// </remarks>
public interface ICallObserver
{
    void OnStarted(string model, string purpose);

    /// <summary>An answer was accepted.</summary>
    void OnAnswered(CallAnswer answer, string purpose);

    void OnFailed(CallFailure failure, string purpose);
}
