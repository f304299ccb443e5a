using System.Runtime.CompilerServices;

namespace Strata.Summaries.Extractive.Names;

/// <summary>The last places where a name stands. Words around it are read from there, and only for the names that a summary may hold.</summary>
[InlineArray(Length)]
internal struct Sites
{
    public const int Length = 4;

    private long _first;

    public static long Site(int source, int offset) => ((long)source << 32) | (uint)offset;

    public static (int Source, int Offset) Place(long site) => ((int)(site >> 32), (int)(uint)site);
}
