using System.Globalization;
using Strata.Summaries.Manifests;

namespace Strata.Summaries.Extractive.Sections;

/// <summary>What was run, and what came of it.</summary>
internal static class CommandSection
{
    public const double Share = 0.06;

    private const double CommitShare = 0.04;
    private const int CommandChars = 200;
    private const int SubjectChars = 200;
    private const int LeastTokens = 16;

    public static void AddCommits(SummaryPage page, IReadOnlyList<CommitEntry> commits)
    {
        var room = page.Room(CommitShare);
        for (var i = commits.Count - 1; i >= 0; i--)
        {
            var commit = commits[i];
            page.Add(SummaryFormat.Commits, (i, 0), $"{commit.Sha} on {commit.Branch}: {OneLine.Of(commit.Subject, SubjectChars)}", ref room);
        }
    }

    public static void Add(SummaryPage page, IReadOnlyList<CommandEntry> commands, int room)
    {
        for (var i = commands.Count - 1; i >= 0 && room > LeastTokens; i--)
        {
            var command = commands[i];
            var outcome = command switch
            {
                { ExitCode: > 0 and var code } => string.Create(CultureInfo.InvariantCulture, $" → exit {code}"),
                { Failed: true } => " → failed",
                _ => "",
            };
            page.Add(SummaryFormat.Commands, (i, 0), $"`{OneLine.Of(command.Command, CommandChars)}`{outcome}", ref room);
        }
    }
}
