namespace Strata.Calls;

/// <summary>Is told of every attempt, for metrics and progress. Called from several threads at once; what it throws is swallowed.</summary>
public interface ICallObserver
{
    void OnStarted(string model, string purpose);

    void OnAnswered(CallAnswer answer, string purpose);

    void OnFailed(CallFailure failure, string purpose);
}
