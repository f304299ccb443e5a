using System.Globalization;
using System.Text;

namespace Strata.Reducing.Lines;

/// <summary>
/// The lines of a text, each with its rank, and the text that is left of them: the best that fit, in their order and word for word, with
/// <c>… 34 lines</c> where some were left out.
/// </summary>
internal sealed class RankedLines
{
    /// <summary>The last rank that is kept where there is room.</summary>
    public const byte Lowest = 4;

    private const byte Import = byte.MaxValue;

    // With more left than this of a file, what its bodies call is one thing too many.
    private const double MostWithCalls = .4;

    // "… 1,234,567 lines" and its line end.
    private const int LongestNote = 20;

    private readonly TextLines _lines;
    private readonly byte[] _ranks;
    private readonly Dictionary<int, int> _lengths = [];
    private CalledNames? _calls;

    public RankedLines(TextLines lines)
    {
        _lines = lines;
        _ranks = new byte[lines.Count];
    }

    /// <summary>Whether the note of lines left out says what they call, where there is room for it.</summary>
    public bool SaysCalls { get; init; }

    public byte this[int line] => _ranks[line] == Import ? (byte)0 : _ranks[line];

    /// <summary>Keeps a line; 1 is the best rank, and a better one that it has already stays.</summary>
    public void Keep(int line, byte rank)
    {
        if (_ranks[line] is 0 or Import || _ranks[line] > rank)
            _ranks[line] = rank;
    }

    /// <summary>Keeps the first <paramref name="length"/> UTF-16 chars of a line.</summary>
    public void KeepHead(int line, byte rank, int length)
    {
        Keep(line, rank);
        if (length < _lines[line].Length)
            _lengths[line] = length;
    }

    /// <summary>Says that a line that is left out is an import.</summary>
    public void IsImport(int line) => _ranks[line] = Import;

    /// <summary>Whether the line is our note of lines left out: such a text was reduced before.</summary>
    public static bool IsNote(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (!line.StartsWith("… ", StringComparison.Ordinal))
            return false;
        line = line[2..].TrimStart("0123456789,");
        return line is " line" or " lines" or " import" or " imports" || line.StartsWith(" line: ", StringComparison.Ordinal)
            || line.StartsWith(" lines: ", StringComparison.Ordinal);
    }

    /// <summary>What is left; null when that is not smaller than the text or nothing of the first rank fits.</summary>
    public string? Write(int maxChars)
    {
        if (Choose(maxChars) is not { } taken)
            return null;
        _calls = SaysCalls ? CalledNames.Beside(_lines, taken) : null;
        var written = Write(taken);
        if (_calls is not null && (written.Length > maxChars || written.Length > _lines.Text.Length * MostWithCalls))
        {
            _calls = null;
            written = Write(taken);
        }

        return written.Length < _lines.Text.Length && written.Length <= maxChars ? written : null;
    }

    private string Write(bool[] taken)
    {
        var written = new StringBuilder(Math.Min(_lines.Text.Length, 4096));
        var gap = 0;
        for (var i = 0; i < taken.Length; i++)
        {
            if (!taken[i])
                continue;
            WriteGap(written, gap, i);
            WriteLine(written, i);
            gap = i + 1;
        }

        WriteGap(written, gap, taken.Length);
        written.Length--;
        return written.ToString();
    }

    private bool[]? Choose(int maxChars)
    {
        var taken = new bool[_ranks.Length];
        long room = (long)maxChars - LongestNote;
        var full = false;
        for (byte rank = 1; rank <= Lowest && !full; rank++)
        {
            for (var i = 0; i < _ranks.Length && !full; i++)
            {
                if (_ranks[i] != rank)
                    continue;
                room -= LengthOf(i) + LongestNote;
                full = room < 0;
                taken[i] = !full;
            }
        }

        return Array.IndexOf(taken, true) < 0 ? null : taken;
    }

    private int LengthOf(int line) => _lengths.TryGetValue(line, out var length) ? length + 2 : _lines[line].Length;

    private void WriteLine(StringBuilder written, int line)
    {
        if (_lengths.TryGetValue(line, out var length))
            written.Append(_lines[line][..length]).Append(" …\n");
        else
            written.Append(_lines[line]).Append('\n');
    }

    private void WriteGap(StringBuilder written, int from, int to)
    {
        var said = 0;
        var imports = 0;
        var chars = 0;
        for (var i = from; i < to; i++)
        {
            if (IsHollow(_lines[i]))
                continue;
            said++;
            chars += Math.Min(_lines[i].Length, LongestNote) + 1;
            imports += _ranks[i] == Import ? 1 : 0;
        }

        if (said == 0)
            return;
        var note = imports == said
            ? string.Create(CultureInfo.InvariantCulture, $"… {said:N0} {(said == 1 ? "import" : "imports")}")
            : string.Create(CultureInfo.InvariantCulture, $"… {to - from:N0} {(to - from == 1 ? "line" : "lines")}");
        if (chars > note.Length + 1)
        {
            written.Append(note);
            _calls?.Write(written, from, to);
            written.Append('\n');
            return;
        }

        // What is no longer than the note is kept instead.
        for (var i = from; i < to; i++)
        {
            if (!IsHollow(_lines[i]))
                WriteLine(written, i);
        }
    }

    // Brackets, line numbers and blank lines say nothing that would be missed.
    private static bool IsHollow(ReadOnlySpan<char> line)
    {
        line = SourceLines.WithoutNumber(line);
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsLetterOrDigit(line[i]) || char.IsSurrogate(line[i]))
                return line.Trim() is "end";
        }

        return true;
    }
}
