namespace Strata.Text.Languages;

/// <summary>Whether a part of a pattern only looks at what follows.</summary>
internal enum CueLook
{
    None,

    /// <summary>What it names has to follow.</summary>
    For,

    /// <summary>What it names must not follow.</summary>
    Against,
}
