namespace Strata.Facts.Names;

/// <summary>What a name in the text is a name of.</summary>
internal enum IdentifierKind : byte
{
    None,
    Url,
    Path,
    Id,
    Number,
    Name,
    Error,

    /// <summary>What prose marks as code.</summary>
    Quoted,
}
