namespace Strata.Settings;

/// <summary>
/// A setting that cannot be used. The message names the file with line and column, the variable or the option, and the way out.
/// </summary>
public sealed class SettingsException(string message, Exception? innerException = null) : ArgumentException(message, innerException);
