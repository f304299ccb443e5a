using System.Buffers;

namespace Strata.Facts.Manifests;

/// <summary>The newest lines about errors that reads, searches and commands without failure showed: where the agent was looking.</summary>
internal sealed class Findings
{
    private const int Most = 12;
    private const int LeastWords = 3;

    // A longer one is data that names an error somewhere.
    private const int LongestLine = 400;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly RecentEntries<FindingEntry> _entries = new(Most);

    public IReadOnlyList<FindingEntry> ToList() => [.. _entries.Values];

    public void Carry(FindingEntry finding) => _entries.Put(KeyOf(finding.Line), finding);

    public void Add(string source, string line, int group)
    {
        // "{:error, _} ->" says nothing away from its place.
        if (line.Length <= LongestLine && Words(line) >= LeastWords)
            Carry(new FindingEntry(source, WithNumber(line), group));
    }

    /// <summary>What an edit took out of a file is not found there any more.</summary>
    public void Supersede(string file, string old, string written)
    {
        foreach (var finding in ToList())
        {
            if (!finding.Source.EndsWith(file, StringComparison.Ordinal))
                continue;
            var line = finding.Line.AsSpan();
            var number = line.IndexOf(": ", StringComparison.Ordinal);
            if (number > 0 && !line[..number].ContainsAnyExceptInRange('0', '9'))
                line = line[(number + 2)..];
            if (old.AsSpan().Contains(line, StringComparison.Ordinal) && !written.AsSpan().Contains(line, StringComparison.Ordinal))
                _entries.Remove(KeyOf(finding.Line), out _);
        }
    }

    // Tools that print files number the lines: "  12→" or "12" and a tab.
    private static string WithNumber(string line)
    {
        var digits = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && line[digits] is '→' or '\t' ? $"{line[..digits]}: {line[(digits + 1)..].TrimStart()}" : line;
    }

    private static int Words(string line)
    {
        var words = 0;
        var length = 0;
        foreach (var c in line)
        {
            length = char.IsLetterOrDigit(c) ? length + 1 : 0;
            if (length == 2)
                words++;
        }

        return words;
    }

    // The same line found by a search, or read again further down, is the same line.
    private static string KeyOf(string line)
    {
        var key = new System.Text.StringBuilder(line.Length);
        foreach (var c in line)
        {
            if (Letters.Contains(c) || c > 127)
                key.Append(c);
        }

        return key.ToString();
    }
}
