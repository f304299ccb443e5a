namespace Strata.Transcripts;

/// <summary>What a tool call does to one file.</summary>
/// <param name="Path">The file as the call names it, with <c>/</c> between folders.</param>
/// <param name="Changes">Whether it writes; else it reads.</param>
/// <param name="From">The first line that is read, from 1.</param>
/// <param name="To">The last line that is read; <see cref="int.MaxValue"/>: to the end.</param>
internal readonly record struct FileCall(string Path, bool Changes, int From = 1, int To = int.MaxValue)
{
    /// <summary>Whether this shows at least the lines that <paramref name="other"/> shows.</summary>
    public bool Covers(FileCall other) => From <= other.From && To >= other.To;
}
