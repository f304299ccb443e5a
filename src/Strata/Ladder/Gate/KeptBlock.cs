using System.Text;
using Strata.LevelZero;
using Strata.Transcripts;

namespace Strata.Ladder.Gate;

/// <summary>
/// The lines below a summary that code writes: level 0's labels, in the conversation's language, each with its entries. Nothing that a
/// model wrote may pass for them: who reads a summary takes what stands below <c>Rules (user):</c> for the user's word.
/// </summary>
internal static class KeptBlock
{
    /// <summary>Parts names that share a line.</summary>
    public const string NameMark = ", ";

    public static readonly (KeptKind Kind, string Text)[] Labels =
    [
        (KeptKind.Rule, SummaryFormat.Rules),
        (KeptKind.Task, SummaryFormat.Tasks),
        (KeptKind.Failure, SummaryFormat.Errors),
        (KeptKind.Commit, SummaryFormat.Commits),
        (KeptKind.Fact, SummaryFormat.Facts),
        (KeptKind.Name, SummaryFormat.OtherNames),
    ];

    /// <summary>The lines in the order of the kinds; empty for no items.</summary>
    public static List<string> Lines(IReadOnlyCollection<KeptItem> items, string language)
    {
        var labels = LevelZero.Wording.Labels.In(language);
        var lines = new List<string>();
        foreach (var (kind, label) in Labels)
        {
            var texts = items.Where(item => item.Kind == kind).Select(item => item.Text).ToList();
            if (texts.Count == 0)
                continue;
            lines.Add(labels.Write(label));
            if (kind == KeptKind.Name)
                lines.Add(SummaryFormat.Entry + string.Join(NameMark, texts));
            else
                lines.AddRange(texts.Select(text => SummaryFormat.Entry + text));
        }

        return lines;
    }

    /// <summary>A text and the lines below it.</summary>
    public static string Join(string body, IReadOnlyCollection<KeptItem> items, string language) =>
        items.Count == 0 ? body : $"{body}\n{string.Join('\n', Lines(items, language))}";

    /// <summary>A summary's own text, and the items below it.</summary>
    public static (string Body, IReadOnlyList<KeptItem> Items) Split(string text)
    {
        var lines = text.Split('\n');
        var start = StartOf(lines);
        var items = new List<KeptItem>();
        var kind = KeptKind.Rule;
        foreach (var line in lines.AsSpan(start))
        {
            if (KindOf(line) is { } next)
                kind = next;
            else if (kind == KeptKind.Name)
                items.AddRange(line[SummaryFormat.Entry.Length..].Split(NameMark).Select(name => new KeptItem(kind, name)));
            else
                items.Add(new KeptItem(kind, line[SummaryFormat.Entry.Length..]));
        }

        return (string.Join('\n', lines[..start]).TrimEnd(), items);
    }

    /// <summary>
    /// What a model wrote, without lines below it that look like ours, and without our labels and headers between its own.
    /// </summary>
    public static string BodyOf(string text)
    {
        var lines = text.Split('\n');
        var body = new StringBuilder(text.Length);
        foreach (var line in lines.AsSpan(0, StartOf(lines)))
        {
            if (KindOf(line) is null && !SummaryHeader.Starts(line))
                body.Append(line).Append('\n');
        }

        return body.ToString().Trim();
    }

    // The first of the labels at the end, below which nothing but entries stands.
    private static int StartOf(string[] lines)
    {
        var end = lines.Length;
        while (end > 0 && string.IsNullOrWhiteSpace(lines[end - 1]))
            end--;
        if (end < lines.Length && end > 0 && !IsOurs(lines[end - 1]))
            return lines.Length;
        var start = lines.Length;
        for (var i = end - 1; i >= 0 && IsOurs(lines[i]); i--)
        {
            if (KindOf(lines[i]) is not null)
                start = i;
        }

        return start;
    }

    private static bool IsOurs(string line) => line.StartsWith(SummaryFormat.Entry, StringComparison.Ordinal) || KindOf(line) is not null;

    private static KeptKind? KindOf(string line)
    {
        if (line.Length == 0 || line[^1] is not (':' or '：'))
            return null;
        var label = LevelZero.Wording.Labels.Read(line);
        foreach (var (kind, text) in Labels)
        {
            if (text == label)
                return kind;
        }

        return null;
    }
}
