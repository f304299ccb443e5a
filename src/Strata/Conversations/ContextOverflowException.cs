namespace Strata.Conversations;

/// <summary>A conversation that fits the window neither as it is nor compacted; the message says why.</summary>
public sealed class ContextOverflowException : Exception
{
    public ContextOverflowException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
