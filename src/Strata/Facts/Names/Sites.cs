using System.Runtime.CompilerServices;

namespace Strata.Facts.Names;

/// <summary>
/// The last places where a name stands, in chars from the beginning of the first text. Words around it are read from there, and only for
/// the names that a summary may hold.
/// </summary>
[InlineArray(Length)]
internal struct Sites
{
    public const int Length = 4;

    private uint _first;
}
