namespace Strata.Formats.Json;

/// <summary>Where messages that are written new come from: signed reasoning is worth something only to the vendor that signed it.</summary>
/// <param name="SourceFormat">The <see cref="ISessionFormat.Name"/> of the document; null where it is the format that writes.</param>
internal sealed record ConversionContext(string? SourceFormat)
{
    public static ConversionContext SameFormat { get; } = new((string?)null);

    public bool IsFromAnthropic => SourceFormat is null or "claude-code" or "anthropic";

    public bool IsFromOpenAI => SourceFormat is null or "codex" or "openai-responses";
}
