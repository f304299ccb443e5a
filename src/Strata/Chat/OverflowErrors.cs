using System.Net;
using Strata.Calls;
using Strata.Conversations;

namespace Strata.Chat;

/// <summary>Recognizes the exceptions with which chat clients say that a request is larger than the model's window.</summary>
internal static class OverflowErrors
{
    private const int MostInner = 8;

    /// <summary>
    /// Null when <paramref name="exception"/> tells of anything else. Known by type, status and words, so that no provider's package is
    /// needed.
    /// </summary>
    public static ContextOverflow? Of(Exception exception)
    {
        var (texts, isOverflow, isTooLarge) = (new List<string>(), false, false);
        for (var inner = exception; inner is not null && texts.Count < MostInner; inner = inner.InnerException)
        {
            if (inner is OperationCanceledException)
                return null;
            isOverflow |= inner is ModelCallException { Fault: CallFault.TooLong };
            isTooLarge |= inner is HttpRequestException { StatusCode: HttpStatusCode.RequestEntityTooLarge };
            texts.Add(inner.Message);
        }

        return ContextOverflow.Read(texts, isOverflow, isTooLarge);
    }
}
