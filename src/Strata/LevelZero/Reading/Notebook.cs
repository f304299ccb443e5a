using Strata.Facts;
using Strata.Facts.Names;
using Strata.Transcripts;

namespace Strata.LevelZero.Reading;

/// <summary>What the readers of one session share: the names found so far, the order of candidates, and the lines that were seen.</summary>
internal sealed class Notebook
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _order;

    public IdentifierTable Identifiers { get; } = new();

    /// <summary>A text whose parts are noted by the number that is returned.</summary>
    public int Open(string text, Speaker speaker, MessageGroup group, string? file = null) =>
        Identifiers.Add(new Source(text, speaker, group.Index, file));

    /// <summary>Notes all names of a text.</summary>
    public int[] NoteAll(string text, Speaker speaker, MessageGroup group, string? file = null) =>
        Identifiers.Read(Open(text, speaker, group, file), 0, text.Length);

    public int[] Note(int source, int start, int length) => Identifiers.Read(source, start, length);

    /// <summary>False when the line was there before: it needs saying once.</summary>
    public bool IsNew(string line) => _seen.Add(line);

    public int NextOrder() => _order++;
}
