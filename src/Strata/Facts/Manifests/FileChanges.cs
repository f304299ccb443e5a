using System.Text.RegularExpressions;

namespace Strata.Facts.Manifests;

/// <summary>Names of the definitions that edits added to a file and took out of it, newest last.</summary>
internal sealed partial record FileChanges(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    private const int Most = 6;
    private const int LongestRead = 20_000;

    /// <summary>Null when the texts define the same.</summary>
    public static FileChanges? Between(string old, string now)
    {
        var before = NamesIn(old);
        var after = NamesIn(now);
        List<string> added = [.. after.Except(before, StringComparer.Ordinal)];
        List<string> removed = [.. before.Except(after, StringComparer.Ordinal)];
        return added.Count + removed.Count == 0 ? null : new FileChanges(added, removed);
    }

    /// <summary>Both together: what was added and then removed again never was.</summary>
    public static FileChanges? After(FileChanges? first, FileChanges? next)
    {
        if (first is null || next is null)
            return next ?? first;
        var added = first.Added.Except(next.Removed, StringComparer.Ordinal)
            .Concat(next.Added.Except(first.Removed, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal);
        var removed = first.Removed.Except(next.Added, StringComparer.Ordinal)
            .Concat(next.Removed.Except(first.Added, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal);
        var both = new FileChanges([.. added.TakeLast(Most)], [.. removed.TakeLast(Most)]);
        return both.Added.Count + both.Removed.Count == 0 ? null : both;
    }

    public bool Equals(FileChanges? other) => other is not null && Added.SequenceEqual(other.Added) && Removed.SequenceEqual(other.Removed);

    public override int GetHashCode() => HashCode.Combine(Added.Count, Removed.Count, Added.LastOrDefault());

    private static List<string> NamesIn(string text)
    {
        var names = new List<string>();
        for (var match = Definition().Match(text[..Math.Min(text.Length, LongestRead)]); match.Success && names.Count < 100;
            match = match.NextMatch())
            names.Add(match.Groups["name"].Value);
        return names;
    }

    [GeneratedRegex(
        @"^[ \t]*(?:(?:export|default|pub|async|static|abstract|public|private|internal|protected|sealed|partial|final|readonly|override"
            + @"|virtual|unsafe) ){0,5}(?:(?:func(?: \([^)\n]{1,80}\))?|fn|def|defp|defmodule|class|interface|struct|enum|trait|record"
            + @"|function|module|type) (?<name>[\w.]{1,80})|(?<=(?:public|private|internal|protected|static|async"
            + @"|override) )[\w<>\[\],.? ]{1,80} (?<name>\w{1,80})\()",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Definition();
}
