using Strata.Cli.Files;

namespace Strata.Cli.Mcp;

/// <summary>
/// The folders that calls may name files in. Whoever calls is a model, which may have been told by a web page what to read.
/// </summary>
internal sealed class ToolFolders
{
    private readonly string _working;
    private readonly IReadOnlyList<string> _roots;

    /// <exception cref="CliException">One of them is no folder.</exception>
    public ToolFolders(string working, IReadOnlyList<string> more)
    {
        _working = working;
        if (more.FirstOrDefault(root => !Directory.Exists(Path.GetFullPath(root, working))) is { } missing)
            throw new CliException($"--root {missing}: there is no such folder.");
        _roots = [.. more.Prepend(working).Select(root => SameFile.Resolve(Path.GetFullPath(root, working)))];
    }

    /// <summary>The full path behind symbolic links.</summary>
    /// <exception cref="ToolException">It lies in none of the folders. Whether it exists is not told.</exception>
    public string Resolve(string argument, string path)
    {
        var full = SameFile.Resolve(Path.GetFullPath(path, _working));
        return _roots.Any(root => IsWithin(root, full))
            ? full
            : throw new ToolException(
                $"the argument '{argument}': {path} lies outside the folders that may be used: {string.Join(", ", _roots)}. Name a file in "
                    + "one of them, or have 'strata mcp' started with --root FOLDER.");
    }

    private static bool IsWithin(string root, string path)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative is not (".." or ".") && !Path.IsPathRooted(relative)
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
