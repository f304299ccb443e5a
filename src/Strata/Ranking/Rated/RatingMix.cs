namespace Strata.Ranking.Rated;

/// <summary>Orders documents by rating, and by words where ratings are equal or missing.</summary>
internal static class RatingMix
{
    private const double Highest = 10;

    // Of a point: decides between equal ratings, and never against a whole point.
    private const double Words = .5;

    /// <summary>Scores run from 0 to 1.</summary>
    public static IEnumerable<RankedDocument> Order(IReadOnlyList<RankedDocument> byWords, IReadOnlyDictionary<int, double> ratings)
    {
        var best = byWords.Max(document => document.Score);
        var scored = byWords.Select((document, place) => document with
        {
            Score = (Rating(byWords, place, ratings) + (best > 0 ? Words * document.Score / best : 0)) / (Highest + Words),
        });
        return scored.OrderByDescending(document => document.Score).ThenBy(document => document.Index);
    }

    // The mean of the nearest rated documents before and behind it by words.
    private static double Rating(IReadOnlyList<RankedDocument> byWords, int place, IReadOnlyDictionary<int, double> ratings)
    {
        if (ratings.TryGetValue(byWords[place].Index, out var own))
            return own;
        var before = Nearest(place, -1);
        var behind = Nearest(place, 1);
        return ((before ?? behind!.Value) + (behind ?? before!.Value)) / 2;

        double? Nearest(int from, int step)
        {
            for (var i = from + step; i >= 0 && i < byWords.Count; i += step)
            {
                if (ratings.TryGetValue(byWords[i].Index, out var rating))
                    return rating;
            }

            return null;
        }
    }
}
