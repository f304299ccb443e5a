using System.Runtime.InteropServices;

namespace Strata.Facts.Dialogues;

/// <summary>
/// Tells lines of a talk (<c>Name: text</c>) from lines that only look like it (<c>Note: text</c>): a name comes back again and again.
/// </summary>
internal sealed class SpeakerLines
{
    private const int LongestName = 40;
    private const int MostWords = 5;
    private const int LeastLines = 3;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _lines;

    /// <summary>Notes every line of a text.</summary>
    public void Note(ReadOnlySpan<char> text)
    {
        var names = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.IsEmpty || DateText.OfHeader(ref line) is not null && line.IsEmpty)
                continue;
            _lines++;
            if (Prefix(line) is var length and > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(names, line[..length], out _)++;
        }
    }

    /// <summary>Drops what is no speaker's name. Speakers' lines are at least half of all lines, otherwise nobody is named.</summary>
    public void Decide()
    {
        foreach (var name in _names.Where(name => name.Value < LeastLines).Select(name => name.Key).ToList())
            _names.Remove(name);
        if (_names.Values.Sum() * 2 < _lines)
            _names.Clear();
    }

    /// <summary>The chars before the colon of a line that a speaker begins; 0 when none does.</summary>
    public int NameAt(ReadOnlySpan<char> line) =>
        _names.Count > 0 && Prefix(line) is var length and > 0
            && _names.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(line[..length]) ? length : 0;

    private static int Prefix(ReadOnlySpan<char> line)
    {
        var colon = line[..Math.Min(line.Length, LongestName + 1)].IndexOfAny(':', '：');
        if (colon < 1 || !char.IsLetter(line[0]) || char.IsLower(line[0]))
            return 0;
        if (line[colon] == ':' && colon + 1 < line.Length && line[colon + 1] != ' ')
            return 0;
        var name = line[..colon];
        return name.ContainsAny(".!?,;[]<>{}`\"/\\=") && !name.Contains(". ", StringComparison.Ordinal) || name.Count(' ') >= MostWords ? 0
            : colon;
    }
}
