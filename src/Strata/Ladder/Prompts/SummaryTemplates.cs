namespace Strata.Ladder.Prompts;

/// <summary>The templates of the levels, and those of tasks.</summary>
public static class SummaryTemplates
{
    private const string Manner =
        "Write in {language}, at most {max_words} words. Keep exact names, numbers, paths, URLs and ids; decisions with reasons; errors "
            + "with their cures; what is open. ";

    // Short: a turn of 200 tokens must not cost twice its size.
    private static readonly SummaryTemplate Turn = SummaryTemplate.Parse(
        "You shorten a part of a conversation for the assistant who goes on with it. " + Manner + "Invent nothing. No preamble.");

    private static readonly SummaryTemplate Turns = SummaryTemplate.Parse(
        "You merge consecutive summaries of one conversation into one for the assistant who goes on with it. " + Manner +
        "Say each thing once; where they disagree the later one holds. Say who wants, decided or reported it. Invent nothing. No "
        + "preamble.");

    private static readonly SummaryTemplate Everything = SummaryTemplate.Parse(
        "You write the record of a long conversation for the assistant who goes on with it and sees nothing else of it. " + Manner +
        "Say each thing once; where parts disagree the later one holds. Invent nothing. No preamble.\n" +
        "Use exactly these headings, each on a line of its own, in this order; write - under one that has nothing:\n{sections}",
        ["## Goal", "## Decisions", "## Done", "## Errors and cures", "## Facts", "## Open"]);

    private static readonly SummaryTemplate Session = SummaryTemplate.Parse(
        "You summarize a working session for the agent who goes on with it. Focus on URLs visited, bugs found and decisions. " + Manner +
        "Say each bug once, with where it shows and how to reproduce it. Invent nothing. No preamble.\n" +
        "Use exactly these headings, each on a line of its own, in this order; write - under one that has nothing:\n{sections}",
        ["## URLs", "## Bugs found", "## Decisions", "## Open"]);

    /// <summary>Seed 1's four sections: the task, what is done, the state of the code, what must not be forgotten.</summary>
    public static SummaryTemplate FourSections { get; } = SummaryTemplate.Parse(
        "You write the record of a coding session for the assistant who goes on with it and sees nothing else of it. " + Manner +
        "Say each thing once; where parts disagree the later one holds. Invent nothing. No preamble.\n" +
        "Use exactly these four sections in this order, each between its tag and the closing tag, the tags on lines of their own; "
        + "write - in one that has nothing:\n{sections}",
        ["<current_task>", "<completed>", "<code_state>", "<important>"]);

    /// <summary>Names that <see cref="ForTask"/> knows.</summary>
    public static IReadOnlyList<string> Tasks { get; } = ["summarize_session"];

    /// <summary>The built-in template of a level: 1 per turn, 2 per ten turns, 3 whole.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No model writes at this level.</exception>
    public static SummaryTemplate ForLevel(int level) => level switch
    {
        1 => Turn,
        2 => Turns,
        3 => Everything,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Models write at levels 1, 2 and 3."),
    };

    /// <summary>The built-in template of a task; null when it has none.</summary>
    public static SummaryTemplate? ForTask(string task) => string.Equals(task, Tasks[0], StringComparison.Ordinal) ? Session : null;
}
