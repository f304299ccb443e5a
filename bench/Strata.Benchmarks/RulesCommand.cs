using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Facts.Ledgers;
using Strata.Transcripts;

namespace Strata.Benchmarks;

/// <summary>Precision and recall of the ledger's rules on labelled messages of real sessions.</summary>
/// <remarks>
/// Labels hold no text: file, message, a hash of the message, and where in it (white space folded) a standing statement lies. An entry is
/// right when it overlaps one; an entry that meets only a borderline label counts neither way.
/// </remarks>
internal static partial class RulesCommand
{
    private sealed record Label(string Half, string File, int Message, string Hash, string Kind, int Start, int End);

    private sealed class Tally
    {
        public int Messages { get; set; }

        public int Right { get; set; }

        public int Wrong { get; set; }

        public int Borderline { get; set; }

        public int Found { get; set; }

        public int Labels { get; set; }
    }

    public static Command Create()
    {
        var labels = new Argument<FileInfo>("LABELS") { Description = "A table of labels (bench/ledger/standing_rules.tsv)." };
        var data = new Argument<DirectoryInfo>("DATA") { Description = "The folder of sets that the labels were made on." };
        var show = new Option<bool>("--show") { Description = "Prints wrong entries and missed labels of the tuning half." };
        var command = new Command("rules", "Standing rules found in real chat: precision and recall.") { labels, data, show };
        command.SetAction(arguments => Run(arguments.GetValue(labels)!, arguments.GetValue(data)!, arguments.GetValue(show)));
        return command;
    }

    private static int Run(FileInfo file, DirectoryInfo data, bool show)
    {
        var labels = File.ReadLines(file.FullName).Skip(1).Select(line => line.Split('\t')).Select(cells => new Label(
            cells[0], cells[1], Number(cells[2]), cells[3], cells[4], cells[5].Length == 0 ? 0 : Number(cells[5]),
            cells[6].Length == 0 ? 0 : Number(cells[6]))).ToList();
        var paths = data.EnumerateFiles("*.json", SearchOption.AllDirectories)
            .Where(path => !path.FullName.Contains("raw", StringComparison.Ordinal))
            .GroupBy(path => path.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().FullName, StringComparer.Ordinal);
        var documents = new Dictionary<string, JsonDocument>(StringComparer.Ordinal);
        var tallies = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var message in labels.GroupBy(label => (label.File, label.Message)))
        {
            var text = TextOf(message.First(), paths, documents);
            if (text is null)
                continue;
            var set = message.First().File.StartsWith("gpt", StringComparison.Ordinal) ? "airline" : "coding";
            foreach (var name in (string[])[$"{message.First().Half} {set}", $"{message.First().Half} all"])
            {
                if (!tallies.TryGetValue(name, out var tally))
                    tally = tallies[name] = new Tally();
                Judge([.. message], text, tally, show && name == "tune all");
            }
        }

        var table = new Table("half", "messages", "labels", "entries", "precision", "recall", "borderline");
        foreach (var (name, tally) in tallies)
        {
            table.Add(
                name, tally.Messages, tally.Labels, tally.Right + tally.Wrong, (double)tally.Right / Math.Max(1, tally.Right + tally.Wrong),
                (double)tally.Found / Math.Max(1, tally.Labels), tally.Borderline);
        }

        table.Print();
        return 0;
    }

    private static void Judge(IReadOnlyList<Label> labels, string message, Tally tally, bool show)
    {
        var folded = Blank().Replace(message, " ").Trim();
        var builder = new LedgerBuilder();
        builder.Read(InjectedText.Strip(message), 0, default);
        var rules = builder.Build().Entries.Where(entry => entry.Kind == StatementKind.Rule).Select(entry => entry.Text)
            .Select(entry =>
                (Text: entry, Start: Math.Max(0, folded.IndexOf(entry[..Math.Min(30, entry.Length)], StringComparison.Ordinal)))).ToList();
        tally.Messages++;
        foreach (var (entry, start) in rules)
        {
            var met = labels.Where(label => label.End > start && label.Start < start + entry.Length).Select(label => label.Kind).ToList();
            if (met.Contains("rule"))
                tally.Right++;
            else if (met.Count > 0)
                tally.Borderline++;
            else
                tally.Wrong++;
            if (show && met.Count == 0)
                Console.WriteLine($"wrong   {labels[0].File} {labels[0].Message}: {entry}");
        }

        foreach (var label in labels.Where(label => label.Kind == "rule"))
        {
            var isFound = rules.Exists(rule => label.End > rule.Start && label.Start < rule.Start + rule.Text.Length);
            tally.Labels++;
            tally.Found += isFound ? 1 : 0;
            if (show && !isFound)
                Console.WriteLine($"missed  {label.File} {label.Message}: {folded[label.Start..label.End]}");
        }
    }

    /// <summary>The message, null where the data is not the labelled one.</summary>
    private static string? TextOf(Label label, Dictionary<string, string> paths, Dictionary<string, JsonDocument> documents)
    {
        var name = label.File.Split('#');
        if (!paths.TryGetValue(name[0], out var path))
            return null;
        if (!documents.TryGetValue(path, out var document))
            document = documents[path] = JsonDocument.Parse(File.ReadAllBytes(path));
        var messages = name.Length > 1 ? document.RootElement[Number(name[1])].GetProperty("traj")
            : document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("messages");
        var content = messages[label.Message].GetProperty("content");
        var text = content.ValueKind == JsonValueKind.String ? content.GetString()!
            : string.Join('\n', content.EnumerateArray().Select(part => part.TryGetProperty("text", out var said) ? said.GetString() : ""));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))).StartsWith(label.Hash, StringComparison.Ordinal)
            ? text : null;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
