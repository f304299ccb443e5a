using System.Text.Json;

namespace Strata.Cli.Tests.Support;

/// <summary>
/// A compacted sample under docs/examples. What stands between two lines of tildes is what the command gives now; the notes around it are a
/// reader's. With STRATA_APPROVE=1 the blocks are written anew.
/// </summary>
internal static class DocumentedExample
{
    private const string Fence = "~~~";

    private const string TookTime = ") in ";

    private static readonly string[] Tags = ["current_task", "completed", "code_state", "important"];

    public static string Root { get; } = Checkout();

    /// <summary>The summary in a compacted session file: one JSON value, or one a line.</summary>
    public static string SummaryIn(string file)
    {
        var texts = new List<string>();
        foreach (var value in file.EndsWith(".jsonl", StringComparison.Ordinal) ? File.ReadLines(file) : [File.ReadAllText(file)])
        {
            using var json = JsonDocument.Parse(value);
            Collect(json.RootElement, texts);
        }

        return texts.First(text => text.StartsWith("[Previous conversation summary]", StringComparison.Ordinal));
    }

    /// <summary>Compares the blocks of a page, the report and then one a section, with what they are now.</summary>
    public static void ShouldShow(string page, string report, string summary)
    {
        var path = Path.Combine(Root, "docs", "examples", page);
        var lines = File.ReadAllText(path).ReplaceLineEndings("\n").Split(Fence + "\n");
        string[] now = [report.TrimEnd() + "\n", .. Parts(summary)];
        (lines.Length / 2).ShouldBe(now.Length, $"{page} needs {now.Length} blocks between {Fence}");
        var expected = string.Join(Fence + "\n", lines.Select((text, i) => i % 2 == 1 ? now[i / 2] : text));
        if (Environment.GetEnvironmentVariable("STRATA_APPROVE") == "1")
            File.WriteAllText(path, expected);
        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(expected, page);
    }

    /// <summary>Compares the report that a page shows of the sample with what is printed now; the time it took stays the page's.</summary>
    public static void ShouldReport(string page, string report)
    {
        var path = Path.Combine(Root, page);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var first = report[..(report.IndexOf('\n', StringComparison.Ordinal) + 1)];
        var start = text.IndexOf("\n" + first, StringComparison.Ordinal) + 1;
        start.ShouldBePositive(page);
        var time = text.IndexOf(TookTime, start, StringComparison.Ordinal);
        time.ShouldBePositive(page);
        var expected = text[..start] + report[..report.LastIndexOf(TookTime, StringComparison.Ordinal)] + text[time..];
        if (Environment.GetEnvironmentVariable("STRATA_APPROVE") == "1")
            File.WriteAllText(path, expected);
        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(expected, page);
    }

    // The header goes with the first section.
    private static IEnumerable<string> Parts(string summary)
    {
        var start = 0;
        foreach (var tag in Tags)
        {
            var close = $"</{tag}>";
            var end = summary.IndexOf(close, start, StringComparison.Ordinal);
            if (end < 0)
                continue;
            end += close.Length;
            yield return summary[start..end].Trim('\n') + "\n";
            start = end;
        }
    }

    private static void Collect(JsonElement value, List<string> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add(value.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Collect(item, texts);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Collect(member.Value, texts);
                break;
            default:
                break;
        }
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Strata.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside a checkout.");
    }
}
