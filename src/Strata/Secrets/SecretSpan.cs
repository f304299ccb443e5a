namespace Strata.Secrets;

/// <summary>Where a secret stands in a text, in UTF-16 chars.</summary>
internal readonly record struct SecretSpan(int Start, int End, string Kind);
