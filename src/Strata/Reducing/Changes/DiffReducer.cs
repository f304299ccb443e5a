using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Reducing.Changes;

/// <summary>
/// A unified diff, hunks to signatures: per file its counts, per hunk where it is, what it defines and how it begins; the commit above it
/// stays. Lock files and what programs wrote are only counted.
/// </summary>
internal sealed partial class DiffReducer : IReducer
{
    private const int SmallestDiff = 800;
    private const int MostPrologue = 60;

    public string Kind => "diff";

    // Two headings with dashes and pluses may be the drawing of some other tool; a line of git or svn is not.
    public double Detect(ToolOutput output) =>
        Files(output) is not { } files ? 0 : output.Lines[files[0].First].StartsWith("---", StringComparison.Ordinal) ? .7 : .9;

    public string? Reduce(ToolOutput output, int maxChars)
    {
        if (Files(output) is not { } files)
            return null;
        foreach (var linesOfHunk in (ReadOnlySpan<int>)[DiffWriter.MostLines, 3, 1, 0])
        {
            if (output.Smaller(new DiffWriter(output.Lines, linesOfHunk).Write(files), maxChars) is { } reduced)
                return reduced;
        }

        return null;
    }

    private static List<DiffFile>? Files(ToolOutput output)
    {
        if (output.Text.Length < SmallestDiff || !Start().IsMatch(output.Text))
            return null;
        var files = DiffFile.Parse(output.Lines);
        return files.Count > 0 && files[0].First <= MostPrologue ? files : null;
    }

    [GeneratedRegex(@"^(?:diff --git |diff -|Index: |--- [^\n]{1,400}\r?\n\+\+\+ )", RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Start();
}
