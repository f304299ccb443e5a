using Strata.Facts.Names;
using Strata.Facts.Manifests;

namespace Strata.LevelZero.Sections;

/// <summary>The files of the session, each with the lines of it that say most.</summary>
internal static class FileSection
{
    /// <summary>What lines have of the room for names, at least.</summary>
    public const double LinesShare = 0.12;

    private const double FileShare = 0.22;
    private const int LeastTokens = 16;

    // Files that were changed come before files that were only read; among each the newest first.
    public static FileEntries Add(SummaryPage page, IReadOnlyList<FileEntry> files, IdentifierTable identifiers)
    {
        var room = page.Room(FileShare);
        var root = CommonRoot.Of([.. files.Select(file => file.Path)], identifiers.RelativePaths);
        if (root.Length > 0)
            page.FilesLabel = $"{SummaryFormat.FilesUnder}{root}:";
        var shown = new FileEntries(root);
        var words = new ContextWords(identifiers);
        foreach (var changed in (ReadOnlySpan<bool>)[true, false])
        {
            for (var i = files.Count - 1; i >= 0; i--)
            {
                var file = files[i];
                if (file.State != FileState.Seen != changed)
                    continue;
                if (page.IsRoomy && file.Changes is null && file.About is null)
                    file = file with { About = words.About(file.Path) };
                if (!page.Add(SummaryFormat.Files, (i, -1), FileLine.Write(file, root), ref room))
                    continue;
                page.Selector.Cover(file.Path);
                shown.Add(file.Path, i);
            }
        }

        return shown;
    }

    public static void AddLines(SummaryPage page, IReadOnlyList<Candidate> candidates, FileEntries files, int room)
    {
        var lines = candidates.Where(line => files.IndexOf(line.File) is not null).ToList();
        page.Selector.Choose(
            lines, lines.Count == 0 ? 0 : lines[^1].Order,
            line => page.AddLine(SummaryFormat.Files, (files.IndexOf(line.File)!.Value, line.Order), line.Text, ref room),
            () => room < LeastTokens);
    }
}
