namespace Strata.Providers;

/// <summary>No client can be made: unknown provider, no key, no address or a malformed one. The message says what to set.</summary>
public sealed class ProviderConfigurationException(string message) : ArgumentException(message);
