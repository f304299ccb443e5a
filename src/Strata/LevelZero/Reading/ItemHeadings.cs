using Strata.Text;

namespace Strata.LevelZero.Reading;

/// <summary>
/// Knows what each line of a text stands under: headings, lines that end in a colon, items with items below them. "Must stay" says nothing
/// without its "Option B", and a step of a plan that was given up reads like a fact.
/// </summary>
internal sealed class ItemHeadings(string text)
{
    // A longer heading is a sentence of its own, a longer item speaks for itself.
    private const int LongestHeading = 60;
    private const int LongestItem = 80;

    // A heading holds whatever is indented until the next one. Else depth is twice the indentation; a line that leads to items stands half
    // a step above them.
    private const int HeadingDepth = -3;
    private const int BoldDepth = -2;

    private readonly List<(int Depth, string Text)> _above = [];
    private CodeFence _fence;
    private int _next;
    private int _itemWords;
    private string? _heading;

    /// <summary>Goes on to the line that holds a char; calls come in the order of the text.</summary>
    public void MoveTo(int at)
    {
        while (_next <= at && _next < text.Length)
        {
            var start = _next;
            var length = text.AsSpan(start).IndexOf('\n') is var end && end < 0 ? text.Length - start : end;
            _next = start + length + 1;
            var line = text.AsSpan(start, length);
            if (line.Trim() is { Length: > 0 } words && !_fence.Holds(words))
                Read(words, start, length - line.TrimStart().Length);
        }
    }

    /// <summary>What stands above the short item whose words begin here; null when that is no item or nothing does.</summary>
    public string? HeadingOf(int at, int length) => at == _itemWords && length <= LongestItem ? _heading : null;

    /// <summary>Whether a heading above the line says so.</summary>
    public bool AnyAbove(Func<string, bool> says) => _above.Exists(above => says(above.Text));

    private void Read(ReadOnlySpan<char> line, int start, int indent)
    {
        var marks = ListMarks.LengthOf(line);
        var words = line[marks..].Trim("*_ ").TrimEnd(":：*_ ");
        words = words[(words.LastIndexOf(". ", StringComparison.Ordinal) is var stop and >= 0 ? stop + 2 : 0)..];
        var isHeading = line[0] == '#';
        var isItem = !isHeading && marks > 0;
        var leads = line.TrimEnd("*_")[^1] is ':' or '：';
        var isBold = !isItem && line.StartsWith("**") && line.TrimEnd(':').EndsWith("**");
        var depth = isHeading ? HeadingDepth : isBold ? BoldDepth : isItem ? 2 * indent : (2 * indent) - 1;
        while (_above is [.., var last] && last.Depth >= depth)
            _above.RemoveAt(_above.Count - 1);
        (_itemWords, _heading) = (isItem ? start + indent + marks : -1, _above is [.., var above] ? above.Text : null);
        if (words.Length is > 0 and <= LongestHeading && (isHeading || isBold || isItem || leads))
            _above.Add((depth, words.ToString().Replace("**", "", StringComparison.Ordinal)));
    }
}
