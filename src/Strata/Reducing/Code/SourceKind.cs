namespace Strata.Reducing.Code;

/// <summary>What an outline is made by.</summary>
internal enum SourceKind
{
    /// <summary>Definitions and what stands inside them.</summary>
    Code,

    /// <summary>Headings and text.</summary>
    Document,

    /// <summary>Keys and values.</summary>
    Settings,
}
