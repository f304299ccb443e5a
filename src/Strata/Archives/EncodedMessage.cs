namespace Strata.Archives;

/// <summary>A message as an archive keeps it.</summary>
/// <param name="Json">UTF-8 JSON, without line ends between values.</param>
/// <param name="SecretsRedacted">Places where a placeholder stands for a secret.</param>
public readonly record struct EncodedMessage(ReadOnlyMemory<byte> Json, int SecretsRedacted);
