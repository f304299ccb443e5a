namespace Strata.Text.Languages;

/// <summary>One step of a <see cref="CuePattern"/>.</summary>
internal abstract class CueNode
{
    protected const int Failed = -1;

    /// <summary>Where the match ends that goes on at <paramref name="at"/>; -1 when there is none.</summary>
    public abstract int Match(in CueText text, int at);

    /// <summary>The end of a pattern: not inside a word.</summary>
    public sealed class Accept : CueNode
    {
        public override int Match(in CueText text, int at) => text.IsEdge(at) ? at : Failed;
    }

    public sealed class Literal(string letters, CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at) =>
            text.Letters.AsSpan(at).StartsWith(letters) ? next.Match(text, at + letters.Length) : Failed;
    }

    /// <summary>
    /// Blanks between two words; none where words are written without blanks, or where a part that may be missing is missing.
    /// </summary>
    public sealed class Blank(CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at) => text.IsEdge(at) ? next.Match(text, text.SkipBlanks(at)) : Failed;
    }

    /// <summary>The rest of the word, which may be nothing.</summary>
    public sealed class Rest(CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at) => next.Match(text, text.WordEnd(at));
    }

    /// <summary>The beginning of a word, of which what follows is the end.</summary>
    public sealed class Stem(CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at)
        {
            var end = text.WordEnd(at);
            for (var i = at + 1; i < end; i++)
            {
                if (next.Match(text, i) is var match and >= 0)
                    return match;
            }

            return Failed;
        }
    }

    public sealed class AnyWord(CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at) => text.WordEnd(at) is var end && end > at ? next.Match(text, end) : Failed;
    }

    /// <summary>A number in digits, or one of the language's words for numbers.</summary>
    public sealed class Number(CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at) => text.NumberEnd(at) is var end && end > at ? next.Match(text, end) : Failed;
    }

    public sealed class Currency(CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at) =>
            at < text.Letters.Length && char.GetUnicodeCategory(text.Letters[at]) == System.Globalization.UnicodeCategory.CurrencySymbol
                ? next.Match(text, text.SkipBlanks(at + 1)) : Failed;
    }

    /// <summary>Some words of the same sentence, as few as possible.</summary>
    public sealed class Gap(int longest, CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at)
        {
            if (!text.IsEdge(at))
                return Failed;
            for (var i = at; i <= at + longest && i <= text.Letters.Length; i++)
            {
                if (text.IsEdge(i) && next.Match(text, i) is var match and >= 0)
                    return match;
                if (i < text.Letters.Length && text.Letters[i] is '.' or '?' or '!' or '。' or '？' or '！' or '।'
                    && !(i + 1 < text.Letters.Length && char.IsLetterOrDigit(text.Letters[i + 1])))
                    return Failed;
            }

            return Failed;
        }
    }

    /// <summary>The first branch that matches together with what follows it.</summary>
    public sealed class Either(CueNode[] branches) : CueNode
    {
        public override int Match(in CueText text, int at)
        {
            foreach (var branch in branches)
            {
                if (branch.Match(text, at) is var match and >= 0)
                    return match;
            }

            return Failed;
        }
    }

    /// <summary>Looks at what follows without taking it: it has to be there, or must not be.</summary>
    public sealed class Ahead(CueNode what, bool isWanted, CueNode next) : CueNode
    {
        public override int Match(in CueText text, int at) =>
            what.Match(text, text.SkipBlanks(at)) >= 0 == isWanted ? next.Match(text, at) : Failed;
    }

    /// <summary>The end of the sentence, or of a clause of it.</summary>
    public sealed class End(bool OfClause) : CueNode
    {
        public override int Match(in CueText text, int at) =>
            text.IsEdge(at) && (OfClause ? text.IsClauseEnd(at) : !text.HasWordFrom(at)) ? at : Failed;
    }
}
