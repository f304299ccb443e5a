using Strata.Calls;

namespace Strata.Providers.Faults;

/// <summary>What an adapter knows of a fault, before it is put into words that may leave it.</summary>
/// <param name="fault">The kind.</param>
/// <param name="words">Ours, as the end of a sentence that begins with the provider.</param>
/// <param name="said">The server's, which may repeat keys and the text that was sent; null when there are none.</param>
/// <param name="retryAfter">Null when the server does not say.</param>
/// <param name="inner">The cause, where it holds nothing of what was sent or received.</param>
internal sealed class ServerFaultException(
    CallFault fault, string words, string? said = null, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(words, inner)
{
    public CallFault Fault { get; } = fault;

    public string? Said { get; } = said;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
