using Strata.Facts.Manifests;

namespace Strata.LevelZero.Sections;

/// <summary>What was run, what came of it, and what was seen last.</summary>
internal static class CommandSection
{
    public const double Share = 0.06;

    private const double CommitShare = 0.04;
    private const double FindingShare = 0.08;
    private const int MostFindings = 4;
    // A small summary still tells the last few.
    private const int LeastRoom = 220;
    private const int LeastTokens = 16;

    public static void AddCommits(SummaryPage page, IReadOnlyList<CommitEntry> commits)
    {
        var room = page.Room(CommitShare);
        for (var i = commits.Count - 1; i >= 0; i--)
            page.Add(SummaryFormat.Commits, (i, 0), ManifestEntries.Write(commits[i]), ref room);
    }

    public static void AddFindings(SummaryPage page, IReadOnlyList<FindingEntry> findings)
    {
        var room = Math.Max(page.Room(FindingShare), Math.Min(LeastRoom, page.Left / 6));
        for (var i = findings.Count - 1; i >= Math.Max(0, findings.Count - MostFindings); i--)
            page.Add(SummaryFormat.Findings, (i, 0), ManifestEntries.Write(findings[i]), ref room);
    }

    /// <summary>
    /// The newest first; those that only print after the others, and in a small room not at all, but for those that the user refused. The
    /// line of a command that stands among the failures is told there.
    /// </summary>
    public static void Add(SummaryPage page, IReadOnlyList<CommandEntry> commands, HashSet<string> failures, int room, bool evenPrinting)
    {
        foreach (var printing in (ReadOnlySpan<bool>)[false, true])
        {
            for (var i = commands.Count - 1; i >= 0 && room > LeastTokens && (evenPrinting || !printing); i--)
            {
                var command = commands[i];
                if ((command.OnlyPrints && !command.IsRefused) != printing)
                    continue;
                var withLine = !command.Failed || !failures.Contains(command.Command);
                page.Add(SummaryFormat.Commands, (i, 0), ManifestEntries.Write(command, withLine), ref room);
            }
        }
    }
}
