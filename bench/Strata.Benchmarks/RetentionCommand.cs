using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Strata.Formats;
using Strata.Planning;
using Strata.Tokens;

namespace Strata.Benchmarks;

/// <summary>
/// What is left of the identifiers, requests, tasks, edits and failures that a session needs again after it was compacted.
/// </summary>
internal static class RetentionCommand
{
    private sealed record Job(int Number, int[] Budgets);

    private sealed record Settings(
        string Scorers, string[] Strategies, string Budgets, string Cuts, int Limit, bool State, bool OnlySummaries, string Script);

    public static Command Create()
    {
        var data = new Argument<DirectoryInfo>("DATA")
        {
            Description = "A folder of sets: */openai_messages/*.json, and tau_bench_airline/*.json."
        };
        var scorers = new Option<DirectoryInfo>("--scorers")
        {
            Description = "The folder of future_reference.py and state_recall.py.",
            Required = true
        };
        var sets = new Option<string[]>("--sets")
        {
            Description = "Names of folders in DATA; all by default.",
            AllowMultipleArgumentsPerToken = true
        };
        var strategies = new Option<string>("--strategies")
        {
            DefaultValueFactory = _ => string.Join(',', CompactionStrategies.All.Select(strategy => strategy.Name)),
        };
        var budgets = new Option<string>("--budgets")
        {
            Description = "Percent of the tokens before the cut.",
            DefaultValueFactory = _ => "5,10,20,40"
        };
        var cuts = new Option<string>("--cuts")
        {
            Description = "Where sessions are cut, as shares of their tokens.",
            DefaultValueFactory = _ => "0.5,0.75"
        };
        var limit = new Option<int>("--limit") { Description = "Sessions of a set; 0 for all." };
        var state = new Option<bool>("--state")
        {
            Description = "Also requests, tasks, edits, failures and strict context at every budget."
        };
        var onlySummaries = new Option<bool>("--only-summaries")
        {
            Description = "Only where a summary of a model stands in the log, at its size; no cuts."
        };
        var script = new Option<FileInfo>("--script") { DefaultValueFactory = _ => new FileInfo("bench/retention/score.py") };
        var command = new Command(
            "retention", "Compacts every session of DATA at its cuts with every strategy and scores what is left beside baselines.")
        {
            data, scorers, sets, strategies, budgets, cuts, limit, state, onlySummaries, script,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(data)!,
            arguments.GetValue(sets) ?? [],
            new Settings(
                arguments.GetValue(scorers)!.FullName, arguments.GetValue(strategies)!.Split(','), arguments.GetValue(budgets)!,
                arguments.GetValue(cuts)!,
                arguments.GetValue(limit), arguments.GetValue(state), arguments.GetValue(onlySummaries),
                arguments.GetValue(script)!.FullName),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo data, string[] sets, Settings settings, CancellationToken cancellationToken)
    {
        foreach (var set in data.EnumerateDirectories().OrderBy(set => set.Name, StringComparer.Ordinal))
        {
            var messages = new DirectoryInfo(Path.Combine(set.FullName, "openai_messages"));
            var source = messages.Exists ? messages : set.Name.StartsWith("tau_bench", StringComparison.Ordinal) ? set : null;
            if (source is null || (sets.Length > 0 && !sets.Contains(set.Name, StringComparer.Ordinal)))
                continue;
            Console.WriteLine($"### {set.Name}\n");
            var work = Directory.CreateTempSubdirectory("strata-retention-");
            try
            {
                await RunAsync(source, work, settings, cancellationToken);
            }
            finally
            {
                work.Delete(recursive: true);
            }
        }

        return 0;
    }

    private static async Task RunAsync(DirectoryInfo source, DirectoryInfo work, Settings settings, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            settings.Script, "--scorers", settings.Scorers, "--work", work.FullName, "--cuts", settings.Cuts, "--budgets", settings.Budgets,
            "--strategies", string.Join(',', settings.Strategies), "--limit", $"{settings.Limit}",
            .. settings.State ? (string[])["--state"] : [],
            .. settings.OnlySummaries ? (string[])["--only-summaries"] : [], source.FullName,
        ];
        using var python = Child.Start("python3", arguments);
        if (await python.StandardOutput.ReadLineAsync(cancellationToken) != "READY")
            throw new InvalidOperationException("The scorers did not start.");
        var watch = Stopwatch.StartNew();
        var compactions = 0;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(work.FullName, "jobs.jsonl"), cancellationToken))
            compactions += await CompactAsync(
                JsonSerializer.Deserialize<Job>(line, JsonSerializerOptions.Web)!, work.FullName, settings.Strategies, cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        await python.StandardInput.WriteLineAsync();
        await python.StandardInput.FlushAsync(cancellationToken);
        Console.Write(await python.StandardOutput.ReadToEndAsync(cancellationToken));
        await python.WaitForExitAsync(cancellationToken);
        Console.WriteLine($"{compactions} compactions in {seconds:0.0} s\n");
    }

    private static async Task<int> CompactAsync(Job job, string work, string[] strategies, CancellationToken cancellationToken)
    {
        var format = SessionFormats.Find("openai-chat")!;
        await using var input = File.OpenRead(Path.Combine(work, $"{job.Number}.json"));
        var document = await format.ReadAsync(input, cancellationToken);
        foreach (var strategy in strategies)
        {
            // The scorers measure chars/4 without framing, so that is what counts here.
            var compactor = CompactionCase.CreateCompactor(strategy, CharsPerTokenCounter.Instance, RequestFraming.None);
            for (var i = 0; i < job.Budgets.Length; i++)
            {
                var result = await compactor.CompactAsync(CompactionCase.Request(document.Messages, job.Budgets[i]), cancellationToken);
                if (result.Outcome == CompactionOutcome.CannotFit)
                    continue;
                await using var output = File.Create(Path.Combine(work, $"{job.Number}.{strategy}.{i}.json"));
                await format.WriteAsync(document, result.Outgoing, output, cancellationToken);
            }
        }

        return strategies.Length * job.Budgets.Length;
    }
}
