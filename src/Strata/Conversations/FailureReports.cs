using System.Diagnostics;
using Strata.Secrets;

namespace Strata.Conversations;

/// <summary>Says that a compaction failed; nobody who is told can make it worse.</summary>
internal sealed class FailureReports(Func<CompactionFailure, CancellationToken, ValueTask>? subscriber)
{
    public async ValueTask ReportAsync(CompactionFailure failure, CancellationToken cancellationToken)
    {
        Trace.TraceWarning(
            "A compaction failed, the conversation goes on as it was: {0}", SecretRedactor.Redact(failure.Exception.ToString()));
        if (subscriber is null)
            return;
        try
        {
            await subscriber(failure, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Trace.TraceWarning("A subscriber of compaction failures failed: {0}", SecretRedactor.Redact(e.ToString()));
        }
    }
}
