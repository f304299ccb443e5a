namespace Strata.Formats;

/// <summary>Input that cannot be read as a session: the message names the place and the way out.</summary>
public sealed class SessionFormatException : FormatException
{
    public SessionFormatException(string message) : base(message) { }

    public SessionFormatException(string message, Exception innerException) : base(message, innerException) { }

    public SessionFormatException() : this("The input is not a session.") { }
}
