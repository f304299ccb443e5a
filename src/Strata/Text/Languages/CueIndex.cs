using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Strata.Text.Languages;

/// <summary>
/// The cues of one language by the words with which they begin, so that one pass over a sentence tries only the few that can match.
/// </summary>
internal sealed class CueIndex
{
    private const int BeginningLength = 3;
    private const int EndingLength = 2;
    private const int LongestHeading = 32;

    private readonly FrozenDictionary<string, CuePattern[]> _words;
    private readonly FrozenDictionary<string, CuePattern[]> _beginnings;
    private readonly FrozenDictionary<string, CuePattern[]> _endings;
    private readonly CuePattern[] _numbers;
    private readonly CuePattern[] _any;
    private readonly string[] _openers;
    private readonly bool _hasBlanks;

    /// <param name="cues">The cues, folded as the sentences will be.</param>
    /// <param name="openers">Words that may stand before what opens a sentence.</param>
    /// <param name="hasBlanks">Whether the language writes blanks between words.</param>
    public CueIndex(IEnumerable<CuePattern> cues, IEnumerable<string> openers, bool hasBlanks)
    {
        _openers = [.. openers.OrderByDescending(opener => opener.Length)];
        _hasBlanks = hasBlanks;
        var (words, beginnings, endings) = (New(), New(), New());
        var (numbers, any) = (new List<CuePattern>(), new List<CuePattern>());
        foreach (var cue in cues)
        {
            foreach (var key in cue.Keys)
            {
                var length = 0;
                while (length < key.Text.Length && (hasBlanks ? CueText.IsWordChar(key.Text[length]) : length == 0))
                    length++;
                var sort = key.Sort == CueKeySort.Beginning && length < key.Text.Length ? CueKeySort.Word : key.Sort;
                if (length == 0 && sort != CueKeySort.Number)
                    sort = CueKeySort.Any;
                switch (sort)
                {
                    case CueKeySort.Word or CueKeySort.Beginning when !hasBlanks:
                        Add(words, key.Text[..1], cue);
                        break;
                    case CueKeySort.Word:
                        Add(words, key.Text[..length], cue);
                        break;
                    case CueKeySort.Beginning:
                        Add(beginnings, key.Text[..Math.Min(length, BeginningLength)], cue);
                        break;
                    case CueKeySort.Ending:
                        Add(endings, key.Text[Math.Max(0, length - EndingLength)..length], cue);
                        break;
                    case CueKeySort.Number:
                        numbers.Add(cue);
                        break;
                    default:
                        any.Add(cue);
                        break;
                }
            }
        }

        (_words, _beginnings, _endings, _numbers, _any) =
            (Freeze(words), Freeze(beginnings), Freeze(endings), [.. numbers.Distinct()], [.. any.Distinct()]);
    }

    public void Find(in CueText text, List<CueHit> hits, ref CueKind kinds)
    {
        var letters = text.Letters.AsSpan();
        for (var at = 0; at < letters.Length;)
        {
            if (!CueText.IsWordChar(letters[at]))
            {
                at++;
                continue;
            }

            var end = _hasBlanks ? text.WordEnd(at) : at + 1;
            var word = letters[at..end];
            Try(Get(_words, word), text, at, hits, ref kinds);
            for (var length = 1; length <= BeginningLength && length <= word.Length; length++)
                Try(Get(_beginnings, word[..length]), text, at, hits, ref kinds);
            for (var length = 1; length <= EndingLength && length < word.Length; length++)
                Try(Get(_endings, word[^length..]), text, at, hits, ref kinds);
            if (_numbers.Length > 0 && text.NumberEnd(at) > at && (at == 0 || !char.IsDigit(letters[at - 1])))
                Try(_numbers, text, at, hits, ref kinds);
            Try(_any, text, at, hits, ref kinds);
            at = end;
        }
    }

    private void Try(CuePattern[] cues, in CueText text, int at, List<CueHit> hits, ref CueKind kinds)
    {
        foreach (var cue in cues)
        {
            if ((kinds & cue.Kind & ~CueHit.Kept) != CueKind.None
                || (cue.Place != CuePlace.Anywhere && !IsOpening(text.Letters, at, cue.Place)))
                continue;
            var end = cue.Match(text, at);
            if (end <= at)
                continue;
            kinds |= cue.Kind;
            if ((cue.Kind & CueHit.Kept) != CueKind.None)
                hits.Add(new CueHit(cue.Kind, at, end));
        }
    }

    // Whether only openers stand before, in the sentence or in the clause.
    private bool IsOpening(ReadOnlySpan<char> letters, int at, CuePlace place)
    {
        while (true)
        {
            var before = at;
            while (before > 0 && !CueText.IsWordChar(letters[before - 1]))
            {
                before--;
                if (place == CuePlace.Clause
                    && letters[before] is ',' or ';' or ':' or '(' or '–' or '—' or '.' or '!' or '?' or '，' or '；' or '：' or '、' or '。'
                        or '（' or '،' or '؛' or '।')
                    return true;

                // "HARD CONSTRAINT: never …", "Update: …"
                if (letters[before] == ':' && before <= LongestHeading)
                    return true;
            }

            if (before == 0)
                return true;
            var opener = OpenerBefore(letters[..before]);
            if (opener == 0)
                return false;
            at = before - opener;
        }
    }

    private int OpenerBefore(ReadOnlySpan<char> before)
    {
        foreach (var opener in _openers)
        {
            if (before.EndsWith(opener)
                && (!_hasBlanks || before.Length == opener.Length || !CueText.IsWordChar(before[^(opener.Length + 1)])))
                return opener.Length;
        }

        return 0;
    }

    private static CuePattern[] Get(FrozenDictionary<string, CuePattern[]> of, ReadOnlySpan<char> key) =>
        of.Count > 0 && of.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var cues) ? cues : [];

    private static Dictionary<string, List<CuePattern>> New() => new(StringComparer.Ordinal);

    private static void Add(Dictionary<string, List<CuePattern>> to, string key, CuePattern cue)
    {
        var cues = CollectionsMarshal.GetValueRefOrAddDefault(to, key, out _) ??= [];
        if (!cues.Contains(cue))
            cues.Add(cue);
    }

    private static FrozenDictionary<string, CuePattern[]> Freeze(Dictionary<string, List<CuePattern>> of) =>
        of.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
