using System.Collections.Frozen;

namespace Strata.Ranking.Lexical;

/// <summary>English words that carry no matter in a query or a document, beyond those by which a language is told.</summary>
internal static class QueryWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = (
        "about above after again against all am any because before below between both cannot could did does doing done down during each "
            + "either few " +
        "further get got had having her here hers him his however i if into itself like many may me might more most much must neither nor "
        + "now off often " +
        "once only other others our ours out over own rather same shall should since some such their theirs themselves therefore these "
        + "those through " +
        "thus toward towards under until up upon us very via was were whether while who whom whose within without yet your yours s t d ll "
        + "re ve m")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);
}
