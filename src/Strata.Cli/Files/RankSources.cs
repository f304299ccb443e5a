using System.IO.Enumeration;
using Strata.Ranking;

namespace Strata.Cli.Files;

/// <summary>Documents to rank: files, the files of folders, and lines of standard input.</summary>
internal static class RankSources
{
    // Files that are larger are data, not documents. Bytes.
    private const long LargestInFolder = 8_000_000;

    // Binary files have a zero byte early.
    private const int Probe = 8_000;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    public static async ValueTask<IReadOnlyList<RankableDocument>> ReadAsync(
        IReadOnlyList<string> names, string? glob, Terminal terminal, CancellationToken cancellationToken)
    {
        var documents = new List<RankableDocument>();
        foreach (var name in names)
        {
            if (name == SessionFile.Standard)
                documents.AddRange(Lines(await TextFile.ReadAsync(name, terminal, cancellationToken).ConfigureAwait(false)));
            else if (Directory.Exists(name))
                await AddFolderAsync(documents, name, glob, terminal, cancellationToken).ConfigureAwait(false);
            else if (await ReadFileAsync(name, terminal, cancellationToken).ConfigureAwait(false) is { } document)
                documents.Add(document);
            else
                throw new CliException($"{name} is not text; only text can be ranked.");
        }

        return documents;
    }

    private static IEnumerable<RankableDocument> Lines(string text) =>
        from line in text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (Text: line.Trim(), Number: index + 1))
        where line.Text.Length > 0
        select new RankableDocument($"line {line.Number}", line.Text);

    private static async ValueTask AddFolderAsync(
        List<RankableDocument> documents, string folder, string? glob, Terminal terminal, CancellationToken cancellationToken)
    {
        var before = documents.Count;
        foreach (var file in Files(folder, glob))
        {
            if (await ReadFileAsync(file, terminal, cancellationToken).ConfigureAwait(false) is { } document)
                documents.Add(document);
        }

        if (documents.Count == before)
            throw new CliException(glob is null ? $"{folder} holds no text file."
                : $"{folder} holds no text file that matches {glob}. Quote the pattern, so that the shell leaves it alone.");
    }

    private static IEnumerable<string> Files(string folder, string? glob)
    {
        var files = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), Everything)
        {
            // A pipe has no length, and reading it would wait for somebody to write.
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.Length is > 0 and <= LargestInFolder,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName[0] != '.',
        };
        return files.Where(file => glob is null || Matches(folder, file, glob)).Order(StringComparer.Ordinal);
    }

    // A pattern with a slash is one of paths.
    private static bool Matches(string folder, string file, string glob) => FileSystemName.MatchesSimpleExpression(
        glob, glob.Contains('/', StringComparison.Ordinal) ? Path.GetRelativePath(folder, file).Replace('\\', '/') : Path.GetFileName(file),
        ignoreCase: false);

    // Null for what is not text.
    private static async ValueTask<RankableDocument?> ReadFileAsync(string file, Terminal terminal, CancellationToken cancellationToken)
    {
        var text = await TextFile.ReadAsync(file, terminal, cancellationToken).ConfigureAwait(false);
        return text.AsSpan(0, Math.Min(text.Length, Probe)).Contains('\0') ? null
            : new RankableDocument(file, text, Path.GetFileNameWithoutExtension(file));
    }
}
