namespace Strata.Cli.Files;

/// <summary>Whether two paths lead to one file: through another spelling, a symbolic link or a hard link.</summary>
internal static class SameFile
{
    public static bool Are(string one, string other)
    {
        if (string.Equals(
            Resolve(one), Resolve(other), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            return true;
        // A hard link is as long as what it links to. Nothing else is opened: a named pipe would wait for somebody to write.
        return File.Exists(one) && File.Exists(other) && new FileInfo(one).Length == new FileInfo(other).Length && ShareALock(one, other);
    }

    /// <summary>The full path behind symbolic links, those of parent directories included.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        if (new FileInfo(full) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            return Resolve(target.FullName);
        return Path.GetDirectoryName(full) is { Length: > 0 } parent
            ? Path.Combine(ResolveDirectory(parent), Path.GetFileName(full))
            : full;
    }

    private static string ResolveDirectory(string path)
    {
        if (new DirectoryInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            return ResolveDirectory(target.FullName);
        return Path.GetDirectoryName(path) is { Length: > 0 } parent ? Path.Combine(ResolveDirectory(parent), Path.GetFileName(path))
            : path;
    }

    // .NET shows no inode numbers, but a lock belongs to the file and not to its name.
    private static bool ShareALock(string one, string other)
    {
        try
        {
            using var locked = new FileStream(one, FileMode.Open, FileAccess.Read, FileShare.None);
            return IsLocked(other);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsLocked(string path)
    {
        try
        {
            using var opened = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
