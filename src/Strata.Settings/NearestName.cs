namespace Strata.Settings;

/// <summary>The name that was most likely meant.</summary>
public static class NearestName
{
    /// <summary>Null when none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var nearest = known.Select(name => (Name: name, Distance: Distance(Plain(typed), Plain(name))))
            .OrderBy(near => near.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, nearest.Name.Length / 3) ? nearest.Name : null;
    }

    /// <summary>What is said of a name that is none of <paramref name="known"/>: a sentence, without a place before it.</summary>
    public static string Unknown(string what, string typed, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var hint = Of(typed, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return $"there is no {what} '{typed}'.{hint} Known: {string.Join(", ", known)}.";
    }

    /// <summary>Whether two names are the same but for capitals and for <c>_</c> in the place of <c>-</c>.</summary>
    public static bool Same(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Plain(one), Plain(other), StringComparison.Ordinal);
    }

    private static string Plain(string name) => name.Replace('_', '-').ToLowerInvariant();

    // Levenshtein, by rows.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
