namespace Strata.Facts.Manifests;

/// <summary>Files that a shell command moved or removed: an agent that goes on must not look for them where they were.</summary>
internal static class FileMoves
{
    /// <summary>
    /// Each file with its new place; null for one that was removed. Globs and folders of several files are not understood and left out.
    /// </summary>
    public static IEnumerable<(string From, string? To)> In(IReadOnlyList<CommandPart> command)
    {
        foreach (var part in command)
        {
            var words = part.Words.Select(word => word.Text).ToList();
            if (words is ["git", ..])
                words.RemoveAt(0);
            if (words is not ["mv" or "rm", ..])
                continue;
            var files = words.Skip(1).Where(word => !word.StartsWith('-') && !word.Contains('>')).ToList();
            if (words[0] == "rm")
            {
                foreach (var file in files)
                    yield return (file, null);
            }
            else if (files is [var from, var to] && !to.EndsWith("..", StringComparison.Ordinal))
            {
                var name = from[(from.LastIndexOf('/') + 1)..];
                yield return (from, to == "." ? name : to.EndsWith('/') ? to + name : to);
            }
        }
    }
}
