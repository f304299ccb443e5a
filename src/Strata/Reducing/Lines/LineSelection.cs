using System.Globalization;
using System.Text;
using Strata.Text;

namespace Strata.Reducing.Lines;

/// <summary>Lines of a text that stay, word for word and in their order; each gap between them says how many lines were left out.</summary>
internal sealed class LineSelection(TextLines lines)
{
    // A line longer than this is data that nobody reads to its end; its head and its tail say what it is.
    private const int LongestLine = 1_600;
    private const int LongLineTail = 300;

    // "[… 1,234,567 lines]" and a line end.
    private const int GapChars = 22;

    private readonly LineRank[] _ranks = new LineRank[lines.Count];
    private readonly Dictionary<int, string> _notes = [];
    private readonly HashSet<int> _counted = [];

    public LineRank this[int line] => _ranks[line];

    /// <summary>Keeps the line; where it was asked for twice, as what it is wanted most.</summary>
    public void Keep(int line, LineRank rank)
    {
        if (_ranks[line] == LineRank.LeftOut || rank < _ranks[line])
            _ranks[line] = rank;
    }

    public void LeaveOut(int line) => _ranks[line] = LineRank.LeftOut;

    /// <summary>Says something at the end of a kept line, or, where it is left out, in place of it.</summary>
    public void Note(int line, string note) => _notes[line] = note;

    /// <summary>Leaves the line out of the gaps: a note counts it.</summary>
    public void Count(int line) => _counted.Add(line);

    /// <summary>At most <paramref name="maxChars"/> chars; null when not even the start of the most wanted lines has room.</summary>
    public string? Write(int maxChars)
    {
        if (maxChars != int.MaxValue && !Fit(maxChars))
            return null;
        var written = new StringBuilder();
        var gap = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var note = _notes.GetValueOrDefault(i);
            if (_ranks[i] == LineRank.LeftOut && note is null)
            {
                gap += lines[i].IsWhiteSpace() || _counted.Contains(i) ? 0 : 1;
                continue;
            }

            Gap(written, gap);
            gap = 0;
            if (_ranks[i] != LineRank.LeftOut)
                AppendClipped(written, lines[i]);
            written.Append(note).Append('\n');
        }

        Gap(written, gap);
        if (written.Length > 0)
            written.Length--;
        return written.Length <= maxChars ? written.ToString() : null;
    }

    public static void AppendClipped(StringBuilder written, ReadOnlySpan<char> line)
    {
        if (line.Length <= LongestLine)
        {
            written.Append(line);
            return;
        }

        var head = TextCut.Before(line, LongestLine - LongLineTail - 60);
        var tail = line.Length - TextCut.After(line, line.Length - LongLineTail);
        written.Append(line[..head])
            .Append(CultureInfo.InvariantCulture, $"[… {line.Length - head - tail:N0} chars of this line]").Append(line[^tail..]);
    }

    private static void Gap(StringBuilder written, int lines)
    {
        if (lines > 0)
            written.Append(CultureInfo.InvariantCulture, $"[… {lines:N0} {(lines == 1 ? "line" : "lines")}]\n");
    }

    private bool Fit(int maxChars)
    {
        var room = (long)maxChars - GapChars;
        for (var rank = LineRank.Verdict; rank <= LineRank.Sample; rank++)
        {
            var cost = 0L;
            for (var i = 0; i < lines.Count; i++)
                cost += _ranks[i] == rank ? Cost(i) : 0;
            if (cost > room)
            {
                Halve(rank, room);
                LeaveOutAfter(rank);
                return Array.Exists(_ranks, kept => kept != LineRank.LeftOut);
            }

            room -= cost;
        }

        return true;
    }

    // The first and the last lines of a rank that does not fit whole: what began it and what it came to.
    private void Halve(LineRank rank, long room)
    {
        var first = 0;
        for (var used = 0L; first < lines.Count; first++)
        {
            used += _ranks[first] == rank ? Cost(first) : 0;
            if (used > room / 2)
                break;
        }

        var last = lines.Count - 1;
        for (var used = 0L; last >= first; last--)
        {
            used += _ranks[last] == rank ? Cost(last) : 0;
            if (used > room / 2)
                break;
        }

        for (var i = first; i <= last; i++)
        {
            if (_ranks[i] == rank)
                Forget(i);
        }
    }

    private void LeaveOutAfter(LineRank rank)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (_ranks[i] > rank)
                Forget(i);
        }
    }

    private void Forget(int line)
    {
        LeaveOut(line);
        _notes.Remove(line);
    }

    private long Cost(int line) => Math.Min(lines[line].Length, LongestLine) + 1 + GapChars + (_notes.GetValueOrDefault(line)?.Length ?? 0);
}
