using Strata.Cli.Output;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What is broken in a file, and what the user should know.</summary>
internal static class NotesText
{
    private const int MostProblems = 5;

    public static void Write(Screen screen, IReadOnlyList<ProblemReport> problems, IReadOnlyList<string> notes)
    {
        foreach (var problem in problems.Take(MostProblems))
            screen.Line($"[yellow]Problem:[/] {Escape(Sentence(problem))}");
        if (problems.Count > MostProblems)
            screen.Line(Escape($"… and {Numbers.Of(problems.Count - MostProblems, "more problem")}; --json lists them all."));
        foreach (var note in notes)
            screen.Line($"[yellow]Note:[/] {Escape(note)}");
    }

    // Some formats say what a line is ("is cut off"), others what they found ("A role is missing.").
    private static string Sentence(ProblemReport problem) =>
        problem.Place + (problem.Message is [var first, ..] && char.IsUpper(first) ? ": " : " ") + problem.Message;
}
