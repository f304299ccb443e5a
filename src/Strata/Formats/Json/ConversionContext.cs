namespace Strata.Formats.Json;

/// <summary>What writing a message new needs to know of the conversation that it comes from.</summary>
/// <param name="KeepsReasoning">Whether signed reasoning is written: only where the vendor that signed it reads the body.</param>
/// <param name="ToolNames">The name of the tool by call id, for formats whose results name it.</param>
internal sealed record ConversionContext(bool KeepsReasoning, IReadOnlyDictionary<string, string> ToolNames)
{
    public ConversionContext(bool keepsReasoning) : this(keepsReasoning, new Dictionary<string, string>(StringComparer.Ordinal)) { }

    /// <summary>The messages go back into a document of the format that they were read from.</summary>
    public static ConversionContext SameFormat { get; } = new(keepsReasoning: true);
}
