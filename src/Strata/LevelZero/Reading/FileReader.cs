using Strata.Facts;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.LevelZero.Reading;

/// <summary>Reads what stands in files: lines that may enter a summary, and those that an edit took out again.</summary>
internal sealed class FileReader(Notebook notebook)
{
    // A file read or a log says what it is about at its ends; the middle is recalled when it is needed.
    private const int ResultHead = 16_000;
    private const int ResultTail = 4_000;

    private const int ShortestLine = 12;
    private const int LongestLine = 140;

    private readonly List<Candidate> _lines = [];
    private readonly HashSet<(string File, string Line)> _superseded = [];

    /// <summary>The lines that are still true of their files.</summary>
    public IReadOnlyList<Candidate> Lines => [.. _lines.Where(line => !_superseded.Contains((line.File!, line.Text)))];

    public void ReadWritten(string text, string? old, MessageGroup group, string? file)
    {
        if (file is not null && old is not null)
            Supersede(file, old, text);
        Read(text, 0, TextPart.Head(text, TextPart.LongestMessage), Speaker.Written, notebook.Open(text, Speaker.Written, group, file),
            file);
    }

    /// <param name="text">What the tool said.</param>
    /// <param name="group">Where it stands.</param>
    /// <param name="file">The file that it shows; null when it shows none.</param>
    /// <param name="isReadAgain">Whether a later read shows the same lines: then the file's lines are those of the later one.</param>
    public void ReadResult(string text, MessageGroup group, string? file, bool isReadAgain)
    {
        var source = notebook.Open(text, Speaker.Tool, group, file);
        if (isReadAgain)
            file = null;
        if (text.Length <= ResultHead + ResultTail)
        {
            Read(text, 0, text.Length, Speaker.Tool, source, file);
            return;
        }

        Read(text, 0, TextPart.Head(text, ResultHead), Speaker.Tool, source, file);
        var tail = text.Length - ResultTail;
        Read(text, tail + text.AsSpan(tail).IndexOf('\n') + 1, text.Length, Speaker.Tool, source, file);
    }

    /// <summary>A line of a file that an earlier summary held.</summary>
    public void Carry(string line, MessageGroup group, string file)
    {
        var names = notebook.NoteAll(line, Speaker.Call, group, file);
        if (notebook.IsNew(line))
            _lines.Add(Line(line, names, file, LineCues.WrittenBonus));
    }

    private void Read(string text, int start, int end, Speaker speaker, int source, string? file)
    {
        while (start < end)
        {
            var length = text.AsSpan(start, end - start).IndexOf('\n') is var newLine && newLine < 0 ? end - start : newLine;
            var line = LineCues.WithoutNumber(text.AsSpan(start, length));
            var names = notebook.Note(source, start + length - line.Length, line.Length);
            start += length + 1;
            line = line.Trim();
            if (file is null || names.Length == 0 || line.Length is < ShortestLine or > LongestLine || LineCues.IsImport(line)
                || LineCues.IsDrawing(line))
                continue;
            var code = OneLine.Of(line);
            if (speaker == Speaker.Written)
                _superseded.Remove((file, code));
            if (notebook.IsNew(code))
                _lines.Add(Line(code, names, file, speaker == Speaker.Written ? LineCues.WrittenBonus : 0));
        }
    }

    // A line that an edit took out of its file is no longer true of it.
    private void Supersede(string file, string old, string written)
    {
        var now = written.Split('\n').Select(line => OneLine.Of(line)).ToHashSet(StringComparer.Ordinal);
        foreach (var line in old.Split('\n').Select(line => OneLine.Of(line)))
        {
            if (!now.Contains(line))
                _superseded.Add((file, line));
        }
    }

    private Candidate Line(string code, int[] names, string file, double bonus) => LineCues.IsDefinition(code)
        ? new Candidate(code, names, bonus + LineCues.DefinitionBonus, LineCues.DefinitionWeight, notebook.NextOrder(), null, file)
        : new Candidate(code, names, bonus, 1, notebook.NextOrder(), null, file);
}
