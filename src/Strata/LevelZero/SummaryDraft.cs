using System.Text;
using Strata.LevelZero.Wording;
using Strata.Tokens;

namespace Strata.LevelZero;

/// <summary>A summary while lines are being added, never more than fit.</summary>
internal sealed class SummaryDraft
{
    // Tags help a model to find a section among many; of a short text they would be a tenth.
    private const int WorthTags = 600;

    private readonly string _header;
    private readonly ITokenCounter _counter;
    private readonly Labels _labels;
    private readonly Dictionary<string, SortedList<(int, int), string>> _blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _openSections = new(StringComparer.Ordinal);
    private readonly List<(string Label, (int, int) Order)> _added = [];
    private readonly int _maxTokens;
    private int _left;
    private readonly bool _hasTags;

    public SummaryDraft(string header, int maxTokens, ITokenCounter counter, Labels labels, bool mayHaveTags = true)
    {
        _labels = labels;
        _header = header;
        _counter = counter;
        _maxTokens = maxTokens;
        _hasTags = mayHaveTags && maxTokens >= WorthTags;
        _left = _maxTokens - _counter.Count(_header);
    }

    /// <summary>Tokens that are still free.</summary>
    public int Left => _left;

    /// <summary>The label that the block of files carries instead of its own.</summary>
    public string FilesLabel { get; set; } = SummaryFormat.Files;

    /// <summary>
    /// Adds an entry (with its mark or indentation) at its place in a block; false when it does not fit into what is left or into
    /// <paramref name="room"/>, which it lessens.
    /// </summary>
    public bool TryAdd(string label, (int, int) order, string line, ref int room)
    {
        var own = _counter.Count(line) + 1;
        var cost = own + CostOfLabel(label);
        if (cost > _left || own > room)
            return false;
        _openSections.Add(SectionOf(label));
        var block = _blocks.TryGetValue(label, out var known) ? known : _blocks[label] = [];
        if (!block.TryAdd(order, line))
            return false;
        _added.Add((label, order));
        _left -= cost;
        room -= own;
        return true;
    }

    /// <summary>Tokens of the label, and of its section's tags, where they do not stand yet.</summary>
    public int CostOfLabel(string label)
    {
        var cost = _blocks.ContainsKey(label) ? 0 : _counter.Count(Shown(label)) + 1;
        var section = SectionOf(label);
        return _hasTags && !_openSections.Contains(section) ? cost + _counter.Count($"<{section}>\n</{section}>\n") + 1 : cost;
    }

    /// <summary>Lines count a little less together than one by one; this gives the difference back.</summary>
    public void Remeasure() => _left = Math.Max(_left, _maxTokens - _counter.Count(ToString()) - 2);

    public void RemoveLast()
    {
        var (label, order) = _added[^1];
        _added.RemoveAt(_added.Count - 1);
        _blocks[label].Remove(order);
    }

    public bool IsEmpty => _added.Count == 0;

    public override string ToString()
    {
        var text = new StringBuilder(_header);
        foreach (var (tag, labels) in SummaryFormat.Sections)
        {
            if (!labels.Any(label => _blocks.TryGetValue(label, out var block) && block.Count > 0))
                continue;
            if (_hasTags)
                text.Append("\n<").Append(tag).Append('>');
            foreach (var label in labels)
            {
                if (!_blocks.TryGetValue(label, out var block) || block.Count == 0)
                    continue;
                text.Append('\n').Append(Shown(label));
                foreach (var line in block.Values)
                    text.Append('\n').Append(line);
            }

            if (_hasTags)
                text.Append("\n</").Append(tag).Append('>');
        }

        return text.ToString();
    }

    private string Shown(string label) => _labels.Write(label == SummaryFormat.Files ? FilesLabel : label);

    private static string SectionOf(string label) => SummaryFormat.Sections.First(section => section.Labels.Contains(label)).Tag;
}
