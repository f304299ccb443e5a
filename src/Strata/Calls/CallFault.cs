namespace Strata.Calls;

/// <summary>Why an attempt came to nothing.</summary>
public enum CallFault
{
    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>HTTP 429 and its like.</summary>
    RateLimited,

    /// <summary>HTTP 5xx, half a body, a wrong content type: the server is at fault and may do better next time.</summary>
    ServerError,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>No key, or one that is not accepted.</summary>
    Unauthorized,

    /// <summary>The provider does not have the model.</summary>
    ModelMissing,

    /// <summary>HTTP 400 and its like: asking again will not help.</summary>
    BadRequest,

    /// <summary>The input is larger than the model's window.</summary>
    TooLong,

    /// <summary>Empty, thinking only, or a refusal.</summary>
    NoAnswer,

    /// <summary>The caller does not accept what was answered.</summary>
    Rejected,

    /// <summary>Not called: it failed too often a short while ago.</summary>
    BreakerOpen,

    /// <summary>Not called: the spend cap is reached.</summary>
    SpendCapReached,

    /// <summary>Anything else that a client did.</summary>
    Other,

    /// <summary>The caller gave up. Only observers are told; for the caller it is an <see cref="OperationCanceledException"/>.</summary>
    Cancelled,
}
