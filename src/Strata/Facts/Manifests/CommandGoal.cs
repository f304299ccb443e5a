using System.Collections.Frozen;

namespace Strata.Facts.Manifests;

/// <summary>
/// What a part of a command is run for: its program with the words that say what to do, what it is run on, and the values of flags and the
/// quoted words, which may narrow it (<c>-run X</c>).
/// </summary>
internal sealed record CommandGoal(string Program, IReadOnlyList<string> Targets, IReadOnlyList<string> Filters)
{
    // They show what is there and change nothing.
    private static readonly FrozenSet<string> Printing = new[]
    {
        "ls", "cat", "pwd", "cd", "echo", "head", "tail", "wc", "grep", "egrep", "rg", "ag", "find", "fd", "tree", "which", "file", "stat",
        "sed", "awk", "sort", "uniq", "cut",
        "tr", "true", "sleep", "date", "test", "[", "export", "set", "source", "printf", "less", "basename", "dirname", "realpath", "du",
        "df", "diff", "type", "jq", "nl", "xxd", "column",
        "Get-Content", "Get-ChildItem", "Select-String",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> PrintingGit =
        new[] { "status", "diff", "log", "show", "branch", "blame", "rev-parse", "ls-files", "ls-tree", "remote", "fetch", "reflog", "grep",
            "merge-base" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Prefixes =
        new[] { "sudo", "time", "env", "nohup", "command", "exec", "timeout" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether all the command does is print what is there.</summary>
    public static bool OnlyPrints(IReadOnlyList<CommandPart> parts) => parts.All(OnlyPrints);

    /// <summary>The goals of the parts that do more than print, in order.</summary>
    public static IReadOnlyList<CommandGoal> Of(IReadOnlyList<CommandPart> parts) =>
        [.. parts.Where(part => !part.Piped && !OnlyPrints(part)).Select(Of)];

    /// <summary>
    /// Whether a success of this one shows that <paramref name="failed"/> is cured: the same program on the same targets, or on all.
    /// </summary>
    public bool Covers(CommandGoal failed) =>
        Program == failed.Program
            && Filters.All(filter => failed.Filters.Any(narrower => narrower.Contains(filter, StringComparison.Ordinal))) &&
            (Targets.All(target => target is "." or "./...")
                || (failed.Targets.Count > 0 && failed.Targets.All(target => Targets.Contains(target, StringComparer.Ordinal))));

    private static bool OnlyPrints(CommandPart part)
    {
        var words = WithoutPrefix(part.Words);
        if (words.Count == 0)
            return true;
        if (words.Any(word => !word.Quoted && word.Text.Contains('>') && !word.Text.Contains(">&", StringComparison.Ordinal)
            && !word.Text.Contains("/dev/null", StringComparison.Ordinal)))
            return false;
        return words[0].Text switch
        {
            "git" => words.Skip(1).FirstOrDefault(IsSubcommand).Text is { } sub && PrintingGit.Contains(sub),
            "sed" => !words.Any(word => word.Text.StartsWith("-i", StringComparison.Ordinal)),
            "find" => !words.Any(word => word.Text is "-delete" or "-exec"),
            var program => Printing.Contains(program),
        };
    }

    private static CommandGoal Of(CommandPart part)
    {
        var words = WithoutPrefix(part.Words);
        // Whether a push or a commit passes is a matter of the repository, whatever it names.
        if (words[0].Text == "git")
            return new CommandGoal($"git {words.Skip(1).FirstOrDefault(IsSubcommand).Text}", [], []);
        var program = new System.Text.StringBuilder(words[0].Text);
        var targets = new List<string>();
        var filters = new List<string>();
        for (var i = 1; i < words.Count; i++)
        {
            var (text, quoted) = words[i];
            if (text.Length == 0 || (!quoted && (text[0] is '-' or '>' or '<' or '…' || char.IsAsciiDigit(text[0]))))
                continue;
            if (quoted)
                filters.Add(text);
            else if (text.AsSpan().ContainsAny("/.\\*"))
                targets.Add(text);
            else if (words[i - 1].Text is ['-', ..])
                filters.Add(text);
            else
                program.Append(' ').Append(text);
        }

        return new CommandGoal(program.ToString(), targets, filters);
    }

    private static IReadOnlyList<CommandWord> WithoutPrefix(IReadOnlyList<CommandWord> words)
    {
        var skip = 0;
        while (skip < words.Count
            && (Prefixes.Contains(words[skip].Text) || IsAssignment(words[skip].Text) || (skip > 0 && words[skip - 1].Text == "timeout")))
            skip++;
        return skip == 0 ? words : [.. words.Skip(skip)];
    }

    // "git -C folder --no-pager log": the first word that is neither a flag nor a folder.
    private static bool IsSubcommand(CommandWord word) => word.Text is { Length: > 0 } && word.Text[0] != '-' && !word.Text.Contains('/');

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !word.AsSpan(0, equals).ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
    }
}
