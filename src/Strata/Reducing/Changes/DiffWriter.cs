using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Reducing.Code;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Changes;

/// <summary>Writes the files of a diff with some changed lines of each hunk.</summary>
/// <param name="lines">The output.</param>
/// <param name="most">Changed lines of a hunk that are kept beside definitions; with 0 a file is only counted.</param>
internal sealed partial class DiffWriter(TextLines lines, int most)
{
    /// <summary>Changed lines of a hunk at natural size.</summary>
    public const int MostLines = 6;

    private const int MostDefinitions = 20;

    private readonly StringBuilder _written = new();

    public string Write(List<DiffFile> files)
    {
        for (var i = 0; i < files[0].First; i++)
            WriteLine(lines[i]);
        foreach (var file in files)
            WriteFile(file);
        _written.Length--;
        return _written.ToString();
    }

    private void WriteFile(DiffFile file)
    {
        _written.Append(CultureInfo.InvariantCulture, $"{file.Path} (+{file.Added:N0} −{file.Removed:N0})");
        _written.Append(file.Hunks.Count > 0 && (most == 0 || IsGenerated(file))
            ? string.Create(CultureInfo.InvariantCulture, $" … {file.Hunks.Count:N0} {(file.Hunks.Count == 1 ? "hunk" : "hunks")}\n")
            : "\n");
        foreach (var remark in file.Remarks)
            WriteLine(lines[remark]);
        for (var h = 0; h < file.Hunks.Count; h++)
        {
            var end = h + 1 < file.Hunks.Count ? file.Hunks[h + 1] : file.End;
            if (most > 0 && !IsGenerated(file))
                WriteHunk(file.Hunks[h], end);
            else
                WriteTrailer(file.Hunks[h] + 1, end);
        }
    }

    private void WriteHunk(int header, int end)
    {
        WriteLine(lines[header]);
        var kept = 0;
        var definitions = 0;
        var left = 0;
        var i = header + 1;
        for (; i < end && IsOfHunk(lines[i]); i++)
        {
            var line = lines[i];
            if (line.IsEmpty || line[0] is ' ' or '\\' || line.Length > SourceLines.LongestLine)
                left += line.Length > SourceLines.LongestLine ? 1 : 0;
            else if (IsTelling(line[1..].Trim()) && definitions++ < MostDefinitions)
                WriteAfter(ref left, line);
            else if (IsTelling(line[1..].Trim()) || line.Length < 3 || kept++ >= most)
                left += line.Length < 3 ? 0 : 1;
            else
                WriteAfter(ref left, line);
        }

        WriteLeft(left);
        WriteTrailer(i, end);
    }

    private void WriteAfter(ref int left, ReadOnlySpan<char> line)
    {
        WriteLeft(left);
        left = 0;
        WriteLine(line);
    }

    private void WriteLeft(int left)
    {
        if (left > 0)
            _written.Append(CultureInfo.InvariantCulture, $"… {left:N0} changed {(left == 1 ? "line" : "lines")}\n");
    }

    // What follows a diff, as the next commit of a log or what another command printed, is no part of it.
    private void WriteTrailer(int from, int end)
    {
        while (from < end && IsOfHunk(lines[from]))
            from++;
        for (; from < end; from++)
            WriteLine(lines[from]);
    }

    private void WriteLine(ReadOnlySpan<char> line) => _written.Append(line).Append('\n');

    private static bool IsOfHunk(ReadOnlySpan<char> line) => line.IsEmpty || line[0] is '+' or '-' or ' ' or '\\' or '\t';

    private static bool IsTelling(ReadOnlySpan<char> line) =>
        CodeCues.IsType(line) || CodeCues.IsKeywordFunction(line) || CodeCues.IsConstant(line) || CodeCues.IsSqlDefinition(line)
            || CodeCues.IsTestName(line);

    private static bool IsGenerated(DiffFile file) => Generated().IsMatch(file.Path);

    [GeneratedRegex(@"(?:\A|/)(?:package-lock\.json|npm-shrinkwrap\.json|go\.sum|[\w.-]+\.(?:lock|lockb)|pnpm-lock\.yaml"
        + @"|packages\.lock\.json|vendor/|node_modules/|dist/)|\.(?:min\.(?:js|css)|map|snap|pb\.go|g\.cs|Designer\.cs|generated\.\w+"
        + @"|_pb2\.py|svg)\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Generated();
}
