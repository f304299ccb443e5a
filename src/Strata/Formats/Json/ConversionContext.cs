namespace Strata.Formats.Json;

/// <summary>Where messages that are written new come from: signed reasoning is worth something only to the vendor that signed it.</summary>
/// <param name="SourceFormat">The <see cref="ISessionFormat.Name"/> of the document; null where it is the format that writes.</param>
/// <param name="ToolNames">The name of the tool by call id, for formats whose results name it.</param>
internal sealed record ConversionContext(string? SourceFormat, IReadOnlyDictionary<string, string> ToolNames)
{
    public ConversionContext(string? sourceFormat) : this(sourceFormat, new Dictionary<string, string>(StringComparer.Ordinal)) { }

    public static ConversionContext SameFormat { get; } = new((string?)null);

    public bool IsFromAnthropic => SourceFormat is null or "claude-code" or "anthropic";

    public bool IsFromOpenAI => SourceFormat is null or "codex" or "openai-responses";
}
