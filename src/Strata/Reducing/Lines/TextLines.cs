namespace Strata.Reducing.Lines;

/// <summary>The lines of a text as spans of it, without their line ends. What ends in a line end has no empty line after it.</summary>
internal sealed class TextLines
{
    private readonly List<int> _starts = [];

    public TextLines(string text)
    {
        Text = text;
        for (var start = 0; start < text.Length;)
        {
            _starts.Add(start);
            var end = text.IndexOf('\n', start);
            start = end < 0 ? text.Length : end + 1;
        }
    }

    public string Text { get; }

    public int Count => _starts.Count;

    /// <summary>Where the line starts in the text.</summary>
    public int StartOf(int line) => _starts[line];

    public ReadOnlySpan<char> this[int line]
    {
        get
        {
            var end = line + 1 < _starts.Count ? _starts[line + 1] : Text.Length;
            return Text.AsSpan(_starts[line]..end).TrimEnd("\r\n");
        }
    }
}
