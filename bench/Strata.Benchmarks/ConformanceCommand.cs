using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Summaries;
using Strata.LevelZero;
using Strata.Transcripts;

namespace Strata.Benchmarks;

/// <summary>
/// Compacts the sessions of a conformance kit five times over at 10, 20 and 30 % of their chars and has the kit's scorer judge what is
/// left.
/// </summary>
internal static partial class ConformanceCommand
{
    private const int Rounds = 5;

    private sealed record Kit(string Id, Dictionary<string, int> Budgets_chars, List<KitTurn> Turns);

    private sealed record KitTurn(string Role, string Text);

    public static Command Create()
    {
        var kit = new Argument<DirectoryInfo>("KIT") { Description = "A folder of conformance-session/1 files." };
        var scorers = new Option<DirectoryInfo>("--scorers") { Description = "The folder of conformance.py.", Required = true };
        var strip = new Option<bool>("--strip-headers") { Description = "Takes typed headers (\"FACT:\") off the input." };
        var show = new Option<bool>("--show") { Description = "Prints every output of the last round." };
        var command = new Command("conformance", "Constraints and updates that survive five rounds of compaction.")
        {
            kit,
            scorers,
            strip,
            show
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(kit)!, arguments.GetValue(scorers)!, arguments.GetValue(strip), arguments.GetValue(show),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        DirectoryInfo kit, DirectoryInfo scorers, bool strip, bool show, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("strata-conformance-");
        try
        {
            foreach (var file in kit.EnumerateFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                var session = JsonSerializer.Deserialize<Kit>(
                    await File.ReadAllTextAsync(file.FullName, cancellationToken), JsonSerializerOptions.Web)!;
                foreach (var (share, chars) in session.Budgets_chars)
                {
                    var folder = work.CreateSubdirectory("b" + share[2..]).FullName;
                    var text = "";
                    for (var round = 1; round <= Rounds; round++)
                    {
                        text = await SummarizeAsync(
                            round == 1 ? MessagesOf(session, strip) : [new ChatMessage(ChatRole.System, text)], chars, cancellationToken);
                        await File.WriteAllTextAsync(
                            Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{session.Id}.r{round}.txt")), text,
                            cancellationToken);
                    }

                    if (show)
                        Console.WriteLine($"### {session.Id} at {share}\n{text}\n");
                }
            }

            using var python = Child.Start("python3",
                [Path.Combine(scorers.FullName, "conformance.py"), "batch", kit.FullName, work.FullName, "--kinds", "--sessions"]);
            Console.Write(await python.StandardOutput.ReadToEndAsync(cancellationToken));
            await python.WaitForExitAsync(cancellationToken);
            return python.ExitCode;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static ChatMessage[] MessagesOf(Kit session, bool strip) =>
        [.. session.Turns.Select(turn => new ChatMessage(new ChatRole(turn.Role), strip ? Header().Replace(turn.Text, "") : turn.Text))];

    private static async Task<string> SummarizeAsync(ChatMessage[] messages, int chars, CancellationToken cancellationToken)
    {
        var transcript = Transcript.Create(messages);
        var request = new SummaryRequest
        {
            Transcript = transcript,
            Groups = [.. Enumerable.Range(0, transcript.Groups.Count)],
            MaxTokens = chars,
            Counter = new CharCounter(),
        };
        return (await new ExtractiveSummarizer().SummarizeAsync(request, cancellationToken)).Text;
    }

    [GeneratedRegex(@"\A[A-Z][A-Z ]+: ", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
