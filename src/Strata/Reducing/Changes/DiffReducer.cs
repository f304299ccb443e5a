using System.Text.RegularExpressions;
using System.Text;
using Strata.Reducing.Code;

namespace Strata.Reducing.Changes;

/// <summary>
/// A unified diff, hunks to signatures: per file its counts, per hunk where it is, what it defines and how it begins; the commit above it stays. Lock files and what
/// programs wrote are only counted.
/// </summary>
internal sealed partial class DiffReducer : IReducer
{
    private const int SmallestDiff = 800;
    private const int MostPrologue = 60;

    public string Kind => "diff";

    public string? Reduce(ToolOutput output, int maxChars)
    {
        if (output.Text.Length < SmallestDiff || !Start().IsMatch(output.Text))
            return null;
        var lines = new TextLines(output.Text);
        var files = DiffFile.Parse(lines);
        if (files.Count == 0 || files[0].First > MostPrologue)
            return null;
        foreach (var linesOfHunk in (ReadOnlySpan<int>)[DiffWriter.MostLines, 3, 1, 0])
        {
            var reduced = new DiffWriter(lines, linesOfHunk).Write(files);
            if (reduced.Length <= maxChars && reduced.Length < output.Text.Length)
                return reduced;
        }

        return null;
    }

    [GeneratedRegex(@"^(?:diff --git |diff -|Index: |--- [^\n]{1,400}\r?\n\+\+\+ )", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Start();
}
