using Strata.Facts.Manifests;

namespace Strata.LevelZero.Sections;

/// <summary>What failed, and what cured it.</summary>
internal static class ErrorSection
{
    private const double ErrorShare = 0.08;

    // A small summary still tells the last two or three.
    private const int LeastRoom = 220;

    // One that was cured tells less than another until it is this many places newer.
    private const int CuredAge = 5;

    /// <summary>Returns what failed, as far as it stands there.</summary>
    public static HashSet<string> Add(SummaryPage page, IReadOnlyList<ErrorEntry> errors)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var room = Math.Max(page.Room(ErrorShare), Math.Min(LeastRoom, page.Left / 6));
        foreach (var i in Enumerable.Range(0, errors.Count).OrderByDescending(i => errors[i].Cure is null ? i : i - CuredAge))
        {
            if (page.Add(SummaryFormat.Errors, (i, 0), ManifestEntries.Write(errors[i]), ref room))
                shown.Add(errors[i].Source);
        }

        return shown;
    }
}
