namespace Strata.Planning;

/// <summary>A read of a file whose result is no longer true or no longer needed.</summary>
/// <param name="CallId">The call that read it.</param>
/// <param name="ByGroup">The group that read it again or changed it.</param>
/// <param name="WasChanged">Whether the file was changed; else it was read again.</param>
public readonly record struct SupersededRead(string CallId, int ByGroup, bool WasChanged);
