using System.Globalization;
using System.Text;

namespace Strata.Text.Languages;

/// <summary>A cue as a data file writes it. docs/languages.md describes the signs.</summary>
internal sealed class CuePattern
{
    private const int DefaultGap = 40;

    private readonly CueNode _first;

    private CuePattern(CueNode first, CueKind kind, CuePlace place, IReadOnlyList<CueKey> keys)
    {
        (_first, Kind, Place, Keys) = (first, kind, place, keys);
    }

    public CueKind Kind { get; }

    public CuePlace Place { get; }

    /// <summary>How a match can begin.</summary>
    public IReadOnlyList<CueKey> Keys { get; }

    /// <exception cref="FormatException">The pattern cannot be read.</exception>
    public static CuePattern Parse(string pattern, CueKind kind, bool hasBlanks)
    {
        var place = pattern.StartsWith("^^", StringComparison.Ordinal) ? CuePlace.Clause
            : pattern.StartsWith('^') ? CuePlace.Sentence : CuePlace.Anywhere;
        var parser = new Parser(pattern, place switch { CuePlace.Clause => 2, CuePlace.Sentence => 1, _ => 0 });
        var atoms = parser.Alternatives();
        if (!parser.IsAtEnd)
            throw new FormatException($"The cue '{pattern}' has a closing parenthesis too many.");
        var keys = CueKey.Of(atoms, hasBlanks);
        return new CuePattern(Compile(atoms, new CueNode.Accept()), kind, place, keys);
    }

    /// <summary>Where a match that begins here ends; -1 when none does.</summary>
    public int Match(in CueText text, int at) => _first.Match(text, at);

    private static CueNode Compile(Atom.Group group, CueNode next)
    {
        var branches = group.Branches.Select(branch => Compile(branch, next)).ToArray();
        return branches.Length == 1 ? branches[0] : new CueNode.Either(branches);
    }

    // "*ing" is the end of a word, "work*" the beginning of one.
    private static bool IsStem(IReadOnlyList<Atom> atoms, int at) =>
        at + 1 < atoms.Count && (atoms[at + 1] is Atom.Letters or Atom.Group { Looks: CueLook.None });

    private static CueNode Compile(IReadOnlyList<Atom> atoms, CueNode next)
    {
        for (var i = atoms.Count - 1; i >= 0; i--)
        {
            next = atoms[i] switch
            {
                Atom.Letters letters => new CueNode.Literal(letters.Text, next),
                Atom.Group { IsOptional: true } group => new CueNode.Either([Compile(group, next), next]),
                Atom.Group { Looks: not CueLook.None } group =>
                    new CueNode.Ahead(Compile(group, new CueNode.Accept()), group.Looks == CueLook.For, next),
                Atom.Group group => Compile(group, next),
                Atom.Gap gap => new CueNode.Gap(gap.Longest, next),
                Atom.Sign sign => sign.Char switch
                {
                    ' ' => new CueNode.Blank(next),
                    '*' => IsStem(atoms, i) ? new CueNode.Stem(next) : new CueNode.Rest(next),
                    '_' => new CueNode.AnyWord(next),
                    '#' => new CueNode.Number(next),
                    '¤' => new CueNode.Currency(next),
                    ';' => new CueNode.End(OfClause: true),
                    _ => new CueNode.End(OfClause: false),
                },
                _ => throw new InvalidOperationException(),
            };
        }

        return next;
    }

    /// <summary>A part of a pattern.</summary>
    internal abstract record Atom
    {
        public sealed record Letters(string Text) : Atom;

        public sealed record Sign(char Char) : Atom;

        public sealed record Gap(int Longest) : Atom;

        public sealed record Group(IReadOnlyList<IReadOnlyList<Atom>> Branches, bool IsOptional = false, CueLook Looks = CueLook.None)
            : Atom;
    }

    private sealed class Parser(string pattern, int start)
    {
        private int _at = start;

        public bool IsAtEnd => _at >= pattern.Length;

        public Atom.Group Alternatives()
        {
            var branches = new List<IReadOnlyList<Atom>> { Sequence() };
            while (!IsAtEnd && pattern[_at] == '|')
            {
                _at++;
                branches.Add(Sequence());
            }

            return new Atom.Group(branches);
        }

        private List<Atom> Sequence()
        {
            var atoms = new List<Atom>();
            while (!IsAtEnd && pattern[_at] is not ('|' or ')'))
                atoms.Add(Next());
            return atoms;
        }

        private Atom Next()
        {
            if (pattern.AsSpan(_at).StartsWith("..."))
            {
                _at += 3;
                var digits = _at;
                while (!IsAtEnd && char.IsAsciiDigit(pattern[_at]))
                    _at++;
                return new Atom.Gap(_at == digits ? DefaultGap
                    : int.Parse(pattern.AsSpan(digits, _at - digits), CultureInfo.InvariantCulture));
            }

            if (IsLook())
            {
                var looks = pattern[_at++] == '&' ? CueLook.For : CueLook.Against;
                return Group() with { Looks = looks };
            }

            if (pattern[_at] == '(')
            {
                var group = Group();
                if (IsAtEnd || pattern[_at] != '?')
                    return group;
                _at++;
                return group with { IsOptional = true };
            }

            if (IsSign(pattern[_at]))
                return new Atom.Sign(pattern[_at++]);
            var letters = new StringBuilder();
            while (!IsAtEnd
                && !IsSign(pattern[_at]) && pattern[_at] is not ('(' or ')' or '|')
                && !pattern.AsSpan(_at).StartsWith("...") && !IsLook())
                letters.Append(pattern[_at++]);
            return new Atom.Letters(letters.ToString());
        }

        private bool IsLook() => pattern[_at] is '!' or '&' && _at + 1 < pattern.Length && pattern[_at + 1] == '(';

        private Atom.Group Group()
        {
            _at++;
            var group = Alternatives();
            if (IsAtEnd || pattern[_at] != ')')
                throw new FormatException($"The cue '{pattern}' lacks a closing parenthesis.");
            _at++;
            return group;
        }

        private static bool IsSign(char c) => c is ' ' or '*' or '_' or '#' or '¤' or '$' or ';';
    }
}
