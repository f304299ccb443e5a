using System.Collections.Frozen;

namespace Strata.Text.Languages;

/// <summary>What the sections of a data file that hold cues are called.</summary>
internal static class CueSections
{
    private static readonly FrozenDictionary<string, CueKind> ByName = Enum.GetValues<CueKind>().Where(kind => kind != CueKind.None)
        .ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>None for a section that holds something else.</summary>
    public static CueKind KindOf(string section) => ByName.GetValueOrDefault(section);

    private static string NameOf(CueKind kind) => kind switch
    {
        CueKind.NoOrder => "no order",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
