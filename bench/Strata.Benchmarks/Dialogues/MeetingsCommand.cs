using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Strata.Benchmarks.Dialogues;

/// <summary>How near the summaries of meetings come to those that people wrote, at their length.</summary>
internal static partial class MeetingsCommand
{
    private const int MostTokens = 800;

    private sealed record Meeting(List<ChatMessage> Messages, List<string> References);

    public static Command Create()
    {
        var data = new Argument<FileInfo>("QMSUM.jsonl");
        var scorers = new Option<DirectoryInfo>("--scorers") { Description = "The folder of rouge.py.", Required = true };
        var half = new Option<int?>("--half") { Description = "0 for every second meeting from the first on, 1 for the others." };
        var command = new Command(
            "meetings", "Summarizes whole meetings at the mean length of the reference summaries and scores them by ROUGE.")
            {
                data,
                scorers,
                half
            };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(data)!.FullName, arguments.GetValue(scorers)!.FullName, arguments.GetValue(half), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, string scorers, int? half, CancellationToken cancellationToken)
    {
        var meetings = (await File.ReadAllLinesAsync(path, cancellationToken)).Where(line => line.Length > 0).Select(Read).ToList();
        var words = (int)meetings.SelectMany(meeting => meeting.References).Average(reference => Word().Count(reference));
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        var references = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = half ?? 0; i < meetings.Count; i += half is null ? 1 : 2)
        {
            var said = await SaidAsync(meetings[i], words, cancellationToken);
            foreach (var (reference, number) in meetings[i].References.Select((reference, number) => (reference, number)))
                (written[$"{i}.{number}"], references[$"{i}.{number}"]) = (said, [reference]);
        }

        var work = Directory.CreateTempSubdirectory("strata-meetings-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(work.FullName, "written.json"), JsonSerializer.Serialize(written), cancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(work.FullName, "references.json"), JsonSerializer.Serialize(references), cancellationToken);
            var scores = await Child.RunAsync("python3", [Path.Combine(scorers, "rouge.py"), "score", "written.json", "references.json"],
                work.FullName, cancellationToken);
            Console.WriteLine($"{written.Count} summaries of {words} words:{scores}");
        }
        finally
        {
            work.Delete(recursive: true);
        }

        return 0;
    }

    // The smallest summary whose quotes have as many words as the mean reference, cut there, as the scorer cuts its baselines.
    private static async Task<string> SaidAsync(Meeting meeting, int words, CancellationToken cancellationToken)
    {
        var (least, most) = (0, MostTokens);
        string[] best = [];
        while (least < most)
        {
            var middle = (least + most) / 2;
            var said = Said((await DialogueSummary.OfAsync(meeting.Messages, middle, cancellationToken)).Text)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (said.Length < words)
                least = middle + 1;
            else
                (most, best) = (middle, said);
        }

        return string.Join(' ', best.Take(words));
    }

    private static string Said(string summary) => string.Join('\n', summary.Split('\n')
        .Where(line => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal))
        .Select(line => line[2..]));

    private static Meeting Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        return new Meeting(
            [.. document.RootElement.GetProperty("meeting_transcripts").EnumerateArray().Select(turn =>
                new ChatMessage(
                    ChatRole.User, turn.GetProperty("content").GetString()) { AuthorName = turn.GetProperty("speaker").GetString() })],
            [.. document.RootElement.GetProperty("general_query_list").EnumerateArray()
                .Select(query => query.GetProperty("answer").GetString()!)]);
    }

    [GeneratedRegex("[a-z0-9]+", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
