namespace Strata.Cli.Mcp;

/// <summary>A call that came to nothing, in words for the model that made it: what is wrong, and the way out.</summary>
internal sealed class ToolException(string message, Exception? innerException = null) : Exception(message, innerException);
