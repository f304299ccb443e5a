using System.Text;
using Strata.Tokens;

namespace Strata.Summaries.Extractive;

/// <summary>A summary while lines are being added, never more than fit.</summary>
internal sealed class SummaryDraft
{
    private readonly string header;
    private readonly ITokenCounter counter;
    private readonly Dictionary<string, SortedList<(int, int), string>> blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> openSections = new(StringComparer.Ordinal);
    private readonly List<(string Label, (int, int) Order)> added = [];
    private readonly int maxTokens;
    private int left;

    public SummaryDraft(string header, int maxTokens, ITokenCounter counter)
    {
        this.header = header;
        this.counter = counter;
        this.maxTokens = maxTokens;
        left = maxTokens - counter.Count(header);
    }

    /// <summary>Tokens that are still free.</summary>
    public int Left => left;

    /// <summary>The label that the block of files carries instead of its own.</summary>
    public string FilesLabel { get; set; } = SummaryFormat.Files;

    /// <summary>
    /// Adds an entry (with its mark or indentation) at its place in a block; false when it does not fit into what is left or into
    /// <paramref name="room"/>, which it lessens.
    /// </summary>
    public bool TryAdd(string label, (int, int) order, string line, ref int room)
    {
        var own = counter.Count(line) + 1;
        var cost = own;
        var isNew = !blocks.TryGetValue(label, out var block);
        if (isNew)
            cost += counter.Count(label == SummaryFormat.Files ? FilesLabel : label) + 1;
        var section = SectionOf(label);
        if (!openSections.Contains(section))
            cost += counter.Count($"<{section}>\n</{section}>\n") + 1;
        if (cost > left || own > room)
            return false;
        openSections.Add(section);
        block ??= blocks[label] = [];
        if (!block.TryAdd(order, line))
            return false;
        added.Add((label, order));
        left -= cost;
        room -= own;
        return true;
    }

    /// <summary>Lines count a little less together than one by one; this gives the difference back.</summary>
    public void Remeasure() => left = Math.Max(left, maxTokens - counter.Count(ToString()) - 2);

    public void RemoveLast()
    {
        var (label, order) = added[^1];
        added.RemoveAt(added.Count - 1);
        blocks[label].Remove(order);
    }

    public bool IsEmpty => added.Count == 0;

    public override string ToString()
    {
        var text = new StringBuilder(header);
        foreach (var (tag, labels) in SummaryFormat.Sections)
        {
            if (!labels.Any(label => blocks.TryGetValue(label, out var block) && block.Count > 0))
                continue;
            text.Append("\n<").Append(tag).Append('>');
            foreach (var label in labels)
            {
                if (!blocks.TryGetValue(label, out var block) || block.Count == 0)
                    continue;
                text.Append('\n').Append(label == SummaryFormat.Files ? FilesLabel : label);
                foreach (var line in block.Values)
                    text.Append('\n').Append(line);
            }

            text.Append("\n</").Append(tag).Append('>');
        }

        return text.ToString();
    }

    private static string SectionOf(string label) => SummaryFormat.Sections.First(section => section.Labels.Contains(label)).Tag;
}
