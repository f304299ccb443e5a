namespace Strata.Formats.Json;

/// <summary>A value of the body beside its messages that has to change with them.</summary>
/// <param name="Value">The value as it is.</param>
/// <param name="Bytes">What stands in its place.</param>
/// <param name="Why">A sentence for people.</param>
internal sealed record RootEdit(JsonValue Value, byte[] Bytes, string Why);
