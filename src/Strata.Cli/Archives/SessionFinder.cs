using Strata.Archives;

namespace Strata.Cli.Archives;

/// <summary>Finds a session by what people type.</summary>
internal static class SessionFinder
{
    /// <summary>By its id, else by its name.</summary>
    /// <exception cref="CliException">There is none, or several have the name.</exception>
    public static async ValueTask<ArchivedSession> FindAsync(
        IArchive archive, ArchivePlace place, string session, CancellationToken cancellationToken)
    {
        if (await archive.FindSessionAsync(session, cancellationToken).ConfigureAwait(false) is { } found)
            return found;
        var named = (await archive.ListSessionsAsync(int.MaxValue, cancellationToken).ConfigureAwait(false))
            .Where(known => string.Equals(known.Name, session, StringComparison.Ordinal)).ToList();
        return named switch
        {
            [var only] => only,
            [] => throw new CliException(
                $"there is no session '{session}' in the archive {place.Name}. 'strata sessions{place.Hint}' lists them.",
                ExitCodes.Failed),
            _ => throw new CliException($"{Output.Numbers.Of(named.Count, "session")} in the archive {place.Name} are called '{session}'. "
                + $"Give one's id: {string.Join(", ", named.Take(5).Select(known => known.Id))}{(named.Count > 5 ? ", …" : "")}."),
        };
    }
    /// <summary>What people call sessions; null of one that has no name.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, string?>> NamesAsync(
        IArchive archive, IEnumerable<string> sessions, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var session in sessions.Distinct(StringComparer.Ordinal))
            names[session] = (await archive.FindSessionAsync(session, cancellationToken).ConfigureAwait(false))?.Name;
        return names;
    }
}
