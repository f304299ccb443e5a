using Strata.Summaries.Reducers.Code;

namespace Strata.Summaries.Reducers;

/// <summary>The lines of a text by their place, without a copy. A carriage return before a line end belongs to the line end.</summary>
internal sealed class OutputLines
{
    private readonly List<int> _starts = [];

    public OutputLines(string text)
    {
        Text = text;
        for (var start = 0; start <= text.Length;)
        {
            _starts.Add(start);
            var end = text.IndexOf('\n', start);
            if (end < 0)
                break;
            start = end + 1;
        }

        // What ends in a line end has no empty line after it.
        if (_starts.Count > 1 && _starts[^1] == text.Length)
            _starts.RemoveAt(_starts.Count - 1);
    }

    public string Text { get; }

    public int Count => _starts.Count;

    public ReadOnlySpan<char> this[int line]
    {
        get
        {
            var start = _starts[line];
            var next = line + 1 < _starts.Count ? _starts[line + 1] - 1 : Text.Length;
            return Text.AsSpan(start, next - start).TrimEnd("\r\n");
        }
    }
}
