using System.CommandLine;
using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Transcripts;

namespace Strata.Benchmarks;

/// <summary>A growing agent session that is compacted again and again: what a summary of summaries still knows.</summary>
internal static class RoundsCommand
{
    private const int RoundsPerLine = 10;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds")
        {
            Description = "How often the session grows and is compacted.",
            DefaultValueFactory = _ => 50
        };
        var target = new Option<int>("--target")
        {
            Description = "Tokens that every compaction comes down to.",
            DefaultValueFactory = _ => 6_000
        };
        var show = new Option<bool>("--show") { Description = "Prints the last summary." };
        var command = new Command("rounds", "What fifty compactions of one growing session keep: rules, tasks, files, size.")
        {
            rounds,
            target,
            show
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(rounds), arguments.GetValue(target), arguments.GetValue(show), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, int target, bool show, CancellationToken cancellationToken)
    {
        var compactor = CompactionCase.CreateCompactor("hybrid");
        var session = new GrowingSession();
        var table = new Table("round", "rules in force %", "stale rules", "tasks right %", "edited files named %", "newest 20 %", "entries",
            "summary tokens", "total tokens", "summaries");
        IReadOnlyList<ChatMessage> messages = [];
        var text = "";
        for (var round = 1; round <= rounds; round++)
        {
            messages = [.. messages, .. session.Next()];
            var result = await compactor.CompactAsync(CompactionCase.Request(messages, target), cancellationToken);
            messages = result.Messages;
            if (round % RoundsPerLine != 0)
                continue;
            var summaries = messages.Where(message => SummaryHeader.Starts(message.Text)).ToList();
            text = string.Join('\n', summaries.Select(message => message.Text));
            var verbatim = TextOf(messages.Except(summaries));
            var context = text + "\n" + verbatim;
            table.Add(
                round,
                Share(session.RulesInForce, rule => context.Contains(rule, StringComparison.Ordinal)),
                session.StaleIn(text, verbatim).Count,
                Share(session.Tasks, task => IsTold(context, task.Content, task.Status)),
                Share(session.EditedFiles, path => Names(context, path)),
                Share(session.EditedFiles.TakeLast(20), path => Names(context, path)),
                text.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)),
                summaries.Sum(message => compactor.Counter.Count(message).Total),
                result.TokensAfter,
                summaries.Count);
        }

        table.Print();
        if (show)
            Console.WriteLine(text);
        return 0;
    }

    private static string TextOf(IEnumerable<ChatMessage> messages) =>
        string.Join('\n', messages.SelectMany(message => message.Contents).Select(MessageText.Of));

    private static double Share<T>(IEnumerable<T> all, Func<T, bool> isKept)
    {
        var list = all.ToList();
        return list.Count == 0 ? 100 : 100.0 * list.Count(isKept) / list.Count;
    }

    // A summary names a file by the end of its path, below a folder that it names once.
    private static bool Names(string context, string path) =>
        context.Contains(string.Join('/', path.Split('/')[^2..]), StringComparison.Ordinal);

    private static bool IsTold(string context, string task, string status)
    {
        var lines = context.Split('\n').Where(line => line.Contains(task, StringComparison.Ordinal)).ToList();
        var mark = status switch { "completed" => "[x]", "in_progress" => "[~]", _ => "[ ]" };
        return lines.Exists(line => line.Contains(status, StringComparison.Ordinal) || line.Contains(mark, StringComparison.Ordinal));
    }
}
