namespace Strata.LevelZero;

/// <summary>The directory that most files of a session lie in: said once, it makes every path short.</summary>
internal static class CommonRoot
{
    /// <summary>
    /// The deepest directory, with its last slash, that holds at least three quarters of the absolute paths; empty when there is none.
    /// </summary>
    public static string Of(IReadOnlyList<string> paths)
    {
        var absolute = paths.Where(path => path.StartsWith('/')).ToList();
        if (absolute.Count < 2)
            return "";
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in absolute)
        {
            for (var slash = path.IndexOf('/', 1); slash > 0 && HasSegments(path.AsSpan(slash + 1)); slash = path.IndexOf('/', slash + 1))
            {
                var directory = path[..(slash + 1)];
                counts[directory] = counts.GetValueOrDefault(directory) + 1;
            }
        }

        return counts.Where(pair => pair.Value * 4 >= absolute.Count * 3).Select(pair => pair.Key)
            .OrderByDescending(directory => directory.Length).ThenBy(directory => directory, StringComparer.Ordinal).FirstOrDefault() ?? "";
    }

    /// <summary>
    /// The directory, with its last slash, from which the session itself names its files; empty when it names hardly any from one.
    /// </summary>
    public static string Of(IReadOnlyList<string> paths, IEnumerable<string> relative)
    {
        var named = relative.ToHashSet(StringComparer.Ordinal);
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in paths.Where(path => path.StartsWith('/')))
        {
            for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                if (named.Contains(path[(slash + 1)..]))
                    votes[path[..(slash + 1)]] = votes.GetValueOrDefault(path[..(slash + 1)]) + 1;
            }
        }

        // A file's bare name says nothing about where the session stands: the highest directory of the most named ones wins over its own
        // parts.
        var most = votes.Where(vote => vote.Value > 1).OrderByDescending(vote => vote.Value).ThenBy(vote => vote.Key.Length)
            .ThenBy(vote => vote.Key, StringComparer.Ordinal);
        return most.FirstOrDefault().Key ?? Of(paths);
    }

    // Less than three segments ("src/a.cs") could be anywhere in a large repository; such a path is written out.
    private static bool HasSegments(ReadOnlySpan<char> rest) => rest.Count('/') >= 2;

    public static string Shorten(string path, string root)
    {
        if (root.Length == 0)
            return path;
        if (path.StartsWith(root, StringComparison.Ordinal) && HasSegments(path.AsSpan(root.Length)))
            return path[root.Length..];
        return path[0] is '/' or '~' ? path : "./" + path;
    }
}
