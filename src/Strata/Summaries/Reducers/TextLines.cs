using Strata.Summaries.Reducers.Code;

namespace Strata.Summaries.Reducers;

/// <summary>The lines of a text as spans of it, without their line ends.</summary>
internal sealed class TextLines
{
    private readonly string _text;
    private readonly List<int> _starts = [];

    public TextLines(string text)
    {
        _text = text;
        for (var start = 0; start < text.Length;)
        {
            _starts.Add(start);
            var end = text.IndexOf('\n', start);
            start = end < 0 ? text.Length : end + 1;
        }
    }

    public int Count => _starts.Count;

    /// <summary>Where the line starts in the text.</summary>
    public int StartOf(int line) => _starts[line];

    public ReadOnlySpan<char> this[int line]
    {
        get
        {
            var end = line + 1 < _starts.Count ? _starts[line + 1] : _text.Length;
            return _text.AsSpan(_starts[line]..end).TrimEnd("\r\n");
        }
    }
}
