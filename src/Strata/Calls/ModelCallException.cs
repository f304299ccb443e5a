namespace Strata.Calls;

/// <summary>
/// What an <see cref="Microsoft.Extensions.AI.IChatClient"/> throws that knows why a call failed. Clients that throw anything else are
/// understood as far as the type tells.
/// </summary>
public sealed class ModelCallException : Exception
{
    /// <param name="fault">The kind.</param>
    /// <param name="message">In plain words and without keys: it comes to stand in receipts and logs.</param>
    /// <param name="retryAfter">How long the server asks to be left alone; null when it does not say.</param>
    /// <param name="inner">Where it came from.</param>
    public ModelCallException(CallFault fault, string message, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner) => (Fault, RetryAfter) = (fault, retryAfter);

    public CallFault Fault { get; }

    public TimeSpan? RetryAfter { get; }
}
