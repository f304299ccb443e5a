namespace Strata.Text.Languages;

/// <summary>How a word looks with which a match of a cue can begin.</summary>
internal enum CueKeySort
{
    /// <summary>The word itself, up to the first char that is no letter.</summary>
    Word,
    Beginning,
    Ending,
    Number,

    /// <summary>Any word: such a cue is tried everywhere, so there should be few.</summary>
    Any,
}

/// <summary>A word, or a part of one, with which a match of a cue can begin: it spares trying all cues at all words.</summary>
internal readonly record struct CueKey(CueKeySort Sort, string Text)
{
    private const int MostKeys = 2_000;

    // Where words are written without blanks the first char is all that is looked up.
    private static readonly Rest OneChar = new([], 0, null);

    public static IReadOnlyList<CueKey> Of(CuePattern.Atom.Group pattern, bool hasBlanks)
    {
        var keys = new HashSet<CueKey>();
        foreach (var branch in pattern.Branches)
            Read(branch, 0, "", isEnding: false, hasBlanks ? null : OneChar, keys);
        return [.. keys];
    }

    private static void Read(IReadOnlyList<CuePattern.Atom> atoms, int at, string letters, bool isEnding, Rest? rest, HashSet<CueKey> keys)
    {
        if (keys.Count > MostKeys)
            throw new FormatException($"It has more than {MostKeys} beginnings.");
        if (letters.Length > 0 && rest?.IsOneChar == true)
        {
            Add(letters[..1], isEnding, keys);
            return;
        }

        if (at == atoms.Count)
        {
            if (rest is not null && !ReferenceEquals(rest, OneChar))
                Read(rest.Atoms, rest.At, letters, isEnding, rest.Outer, keys);
            else
                Add(letters, isEnding, keys);
            return;
        }

        switch (atoms[at])
        {
            case CuePattern.Atom.Letters text:
                letters += text.Text;
                Read(atoms, at + 1, letters, isEnding, rest, keys);
                break;
            case CuePattern.Atom.Group { Looks: not CueLook.None }:
                Read(atoms, at + 1, letters, isEnding, rest, keys);
                break;
            case CuePattern.Atom.Group group:
                foreach (var branch in group.Branches)
                    Read(branch, 0, letters, isEnding, new Rest(atoms, at + 1, rest), keys);
                if (group.IsOptional)
                    Read(atoms, at + 1, letters, isEnding, rest, keys);
                break;
            case CuePattern.Atom.Sign { Char: ' ' } when letters.Length == 0:
                Read(atoms, at + 1, letters, isEnding, rest, keys);
                break;
            case CuePattern.Atom.Sign { Char: '*' } when letters.Length == 0 && !isEnding:
                Read(atoms, at + 1, letters, isEnding: true, rest, keys);
                break;
            case CuePattern.Atom.Sign { Char: '*' } when letters.Length > 0:
                keys.Add(new CueKey(CueKeySort.Beginning, letters));
                break;
            case CuePattern.Atom.Sign { Char: '#' } when letters.Length == 0:
                keys.Add(new CueKey(CueKeySort.Number, ""));
                break;
            default:
                Add(letters, isEnding, keys);
                break;
        }
    }

    private static void Add(string letters, bool isEnding, HashSet<CueKey> keys)
    {
        if (letters.Length == 0)
            keys.Add(new CueKey(CueKeySort.Any, ""));
        else if (isEnding)
            keys.Add(new CueKey(CueKeySort.Ending, letters));
        else
            keys.Add(new CueKey(CueKeySort.Word, letters));
    }

    private sealed record Rest(IReadOnlyList<CuePattern.Atom> Atoms, int At, Rest? Outer)
    {
        public bool IsOneChar => ReferenceEquals(this, OneChar) || Outer?.IsOneChar == true;
    }
}
