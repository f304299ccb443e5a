namespace Strata.Cli.Files;

/// <summary>Opens what a user named, or says in one sentence why that cannot be read.</summary>
internal static class InputFile
{
    public static Stream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                // An agent may still be writing to its session.
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(Why(path, e), innerException: e);
        }
    }

    private static string Why(string path, Exception failure)
    {
        if (Directory.Exists(path))
            return $"{path} is a directory. Name a session file in it.";
        return failure switch
        {
            FileNotFoundException or DirectoryNotFoundException => $"{path}: no such file.",
            UnauthorizedAccessException => $"{path} cannot be read: permission denied.",
            _ => $"{path} cannot be read: {failure.Message}",
        };
    }
}
