using System.CommandLine;
using System.Text.Json;

namespace Strata.Benchmarks.Dialogues;

/// <summary>How much of the evidence that questions about long conversations need is left in their summaries.</summary>
internal static class DialoguesCommand
{
    public static Command Create()
    {
        var data = new Argument<FileInfo>("LOCOMO.json");
        var scorers = new Option<DirectoryInfo>("--scorers") { Description = "The folder of locomo_recall.py.", Required = true };
        var budgets = new Option<string>("--budgets")
        {
            Description = "Percent of the conversation's tokens.",
            DefaultValueFactory = _ => "5,10,20,40"
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Compactions one after the other, each with a further part of the conversation.",
            DefaultValueFactory = _ => 1
        };
        var only = new Option<int[]>("--only")
        {
            Description = "Numbers of conversations, from 0; all by default.",
            AllowMultipleArgumentsPerToken = true
        };
        var command = new Command(
            "dialogues", "Summarizes long conversations between two people and scores the evidence that is left.")
            {
                data,
                scorers,
                budgets,
                rounds,
                only
            };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(data)!.FullName, arguments.GetValue(scorers)!.FullName, arguments.GetValue(budgets)!,
            arguments.GetValue(rounds), arguments.GetValue(only) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, string scorers, string budgets, int rounds, int[] only, CancellationToken cancellationToken)
    {
        var conversations = await LocomoConversation.ReadAsync(path, cancellationToken);
        var work = Directory.CreateTempSubdirectory("strata-dialogues-");
        try
        {
            var input = path;
            if (only.Length > 0)
            {
                conversations = [.. only.Select(number => conversations[number])];
                using var document = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellationToken));
                input = Path.Combine(work.FullName, "some.json");
                await File.WriteAllTextAsync(
                    input, JsonSerializer.Serialize(only.Select(number => document.RootElement[number])), cancellationToken);
            }

            foreach (var budget in budgets.Split(','))
            {
                var summaries = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var conversation in conversations)
                {
                    var limit = conversation.Tokens * int.Parse(budget, System.Globalization.CultureInfo.InvariantCulture) / 100;
                    summaries[conversation.Id] =
                        (await DialogueSummary.OfAsync(conversation.Messages, rounds, limit, cancellationToken)).Text;
                }

                var output = Path.Combine(work.FullName, $"{budget}.json");
                await File.WriteAllTextAsync(output, JsonSerializer.Serialize(summaries), cancellationToken);
                var table = await Child.RunAsync(
                    "python3", [Path.Combine(scorers, "locomo_recall.py"), input, "--compacted", output], work.FullName, cancellationToken);
                Console.WriteLine($"{budget,3} %  {table.Split('\n').Last(line => line.Length > 0)}");
            }
        }
        finally
        {
            work.Delete(recursive: true);
        }

        return 0;
    }
}
