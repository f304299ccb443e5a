using System.Text;
using Strata.Text;

namespace Strata.Facts.Dialogues;

/// <summary>
/// Shortens what was said without changing what it says. Always: greetings and interjections that open a sentence, hesitation, words said
/// twice. Tight: telegraphese as well. Days that are named from the day of the talk ("yesterday") get their date.
/// </summary>
internal sealed class UtteranceCutter(Dialogue dialogue)
{
    private const int LongestFolded = 24;
    private const int ShortestNickname = 3;
    private const int LongestStutter = 3;

    private readonly bool _isEnglish = dialogue.Language is "en";
    private readonly string[] _names =
        [.. dialogue.Speakers.Keys.SelectMany(speaker => speaker.Split(' ')).Where(name => name.Length >= ShortestNickname)];
    private readonly List<SpokenWord> _words = [];
    private readonly StringBuilder _text = new();

    /// <summary>The utterance on one line; never empty.</summary>
    public string Cut(in Utterance utterance, bool isTight)
    {
        var text = utterance.Text.Span;
        if (utterance.IsCarried)
            return OneLine.Of(text);
        _text.Clear();
        foreach (var range in SentenceSplitter.Split(text))
            Append(text[range], utterance.Date, isTight);
        return _text.Length > 0 ? _text.ToString() : OneLine.Of(text);
    }

    /// <summary>One sentence, cut lightly; empty when nothing but courtesy and hesitation is in it.</summary>
    public string CutSentence(ReadOnlySpan<char> sentence, in Utterance utterance)
    {
        if (utterance.IsCarried)
            return OneLine.Of(sentence);
        _text.Clear();
        Append(sentence, utterance.Date, isTight: false);
        return _text.ToString();
    }

    private void Append(ReadOnlySpan<char> sentence, DateOnly? date, bool isTight)
    {
        SpokenWord.Split(sentence, _words);
        var first = Opening(sentence);
        var start = _text.Length;
        var (lastKept, beforeLast, lastRead) = (-1, -1, -1);
        for (var i = first; i < _words.Count; i++)
        {
            var word = _words[i];
            var core = word.Core(sentence);
            var isPunctuation =
                core.IsEmpty || (core.Length < word.End - word.Start && sentence[word.Start] is '\'' or '’' && _text.Length > start);
            if (isPunctuation && IsDetached(word.Of(sentence)))
            {
                AppendTail(word.Of(sentence), start);
                continue;
            }

            var isAgain = lastRead == i - 1 && IsAgain(sentence, i, lastKept, beforeLast);
            if (isAgain || IsHesitation(sentence, i) || (isTight && _isEnglish && LeavesOut(sentence, i)))
            {
                if (sentence[word.Start] == '{')
                    lastRead = i;
                else
                {
                    lastRead = word.Tail(sentence).IsEmpty ? i : lastRead;
                    AppendTail(word.Tail(sentence), start);
                }

                continue;
            }

            if (_text.Length > 0)
                _text.Append(' ');
            var at = _text.Length;
            _text.Append(sentence[word.Start..word.CoreEnd]);
            if (date is { } said && RelativeDate.At(sentence, _words, i, said) is { } day && !IsBracketed(sentence, i + 1))
                _text.Append(" [").Append(day).Append(']');
            _text.Append(word.Tail(sentence));
            if (at == start || at == start + 1)
                _text[at] = char.ToUpperInvariant(_text[at]);
            (beforeLast, lastKept, lastRead) = (word.Tail(sentence).IsEmpty ? lastKept : -1, i, word.Tail(sentence).IsEmpty ? i : -1);
        }
    }

    // "Wow, Caroline! ", "Hey Mel, ": whole runs up to a mark, as long as every word of them is one that only opens.
    private int Opening(ReadOnlySpan<char> sentence)
    {
        var first = 0;
        for (var i = 0; i < _words.Count; i++)
        {
            var core = _words[i].Core(sentence);
            if (!core.IsEmpty && !IsOpening(core))
                break;
            if (core.IsEmpty || _words[i].Tail(sentence) is [',' or '!' or '.' or ';' or ':' or '-' or '–' or '—' or '…', ..])
                first = i + 1;
        }

        while (dialogue.IsMeeting && first < _words.Count && _words[first].Core(sentence) is { IsEmpty: false } core
            && (TraitsOf(core) & (WordTraits.Joining | WordTraits.Assent | WordTraits.Filler)) != WordTraits.None)
            first++;
        return first;
    }

    private bool IsOpening(ReadOnlySpan<char> word)
    {
        if ((TraitsOf(word) & (WordTraits.Opening | WordTraits.Filler)) != WordTraits.None)
            return true;
        foreach (var name in _names)
        {
            // "Mel" for Melanie.
            if (word.Length >= ShortestNickname && char.IsUpper(word[0])
                && name.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // "to to", and "all the all the": nothing but hesitation stands between.
    private bool IsAgain(ReadOnlySpan<char> sentence, int i, int lastKept, int beforeLast)
    {
        if (lastKept < 0 || _words[i].Core(sentence) is not [var start, ..] core || char.IsDigit(start))
            return false;
        if (Same(core, _words[lastKept].Core(sentence)))
            return true;
        if (!dialogue.IsMeeting || beforeLast < 0)
            return false;
        // The second of the two is then the same as the last kept.
        return i + 1 < _words.Count && Same(core, _words[beforeLast].Core(sentence))
            && Same(_words[i + 1].Core(sentence), _words[lastKept].Core(sentence));
    }

    private static bool Same(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private bool IsHesitation(ReadOnlySpan<char> sentence, int i)
    {
        var core = _words[i].Core(sentence);
        if ((TraitsOf(core) & WordTraits.Filler) != WordTraits.None)
            return true;
        return dialogue.IsMeeting && IsSpokenNoise(sentence, i);
    }

    // What transcripts of speech are full of: a transcriber's {mark}, "w what", "you know".
    private bool IsSpokenNoise(ReadOnlySpan<char> sentence, int i)
    {
        var word = _words[i].Of(sentence);
        var core = _words[i].Core(sentence);
        if ((word[0] == '{' && word.Contains('}')) || (TraitsOf(core) & WordTraits.Assent) != WordTraits.None)
            return true;
        var after = i + 1 < _words.Count ? _words[i + 1].Core(sentence) : [];
        var before = i > 0 ? _words[i - 1].Core(sentence) : [];
        if (core.Length <= LongestStutter && after.Length > core.Length && _words[i].Tail(sentence).IsEmpty
            && after.StartsWith(core, StringComparison.OrdinalIgnoreCase)
            && (TraitsOf(core) & (WordTraits.Number | WordTraits.FirstPerson | WordTraits.SecondPerson
                | WordTraits.Nominal)) == WordTraits.None
            && !StopWords.Contains(core, dialogue.Language))
            return true;
        return IsPair(core, after, "you", "know") || IsPair(before, core, "you", "know") || IsPair(core, after, "I", "mean")
            || IsPair(before, core, "I", "mean");
    }

    private static bool IsPair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, string one, string two) =>
        first.Equals(one, StringComparison.OrdinalIgnoreCase) && second.Equals(two, StringComparison.OrdinalIgnoreCase);

    // "[image: a photo of ": that it is one was said.
    private bool IsCaptionsOpening(ReadOnlySpan<char> sentence, int i)
    {
        var colon = i;
        while (colon > 0 && i - colon < 3 && _words[colon].Tail(sentence) is not [':', ..])
            colon--;
        return _words[colon].Of(sentence) is ['[', .., ':'] && colon < i
            && (Same(_words[i].Core(sentence), "of") ? i > colon + 1 && IsPicture(_words[i - 1].Core(sentence))
                : IsPicture(_words[i].Core(sentence)));
    }

    private static bool IsPicture(ReadOnlySpan<char> word) =>
        Same(word, "photo") || Same(word, "photography") || Same(word, "picture") || Same(word, "image");

    private bool LeavesOut(ReadOnlySpan<char> sentence, int i) => IsCaptionsOpening(sentence, i) || Telegraphese.LeavesOut(
        _words[i].Core(sentence),
        i > 0 && _words[i - 1].Tail(sentence).IsEmpty ? _words[i - 1].Core(sentence) : [],
        i + 1 < _words.Count && _words[i].Tail(sentence).IsEmpty ? _words[i + 1].Core(sentence) : []);

    private static WordTraits TraitsOf(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Length > LongestFolded)
            return WordTraits.None;
        Span<char> folded = stackalloc char[LongestFolded];
        return WordTraitList.Of(folded[..word.ToLowerInvariant(folded)]);
    }

    // A mark that a tokenizer cut off ("great ."), or the second half of "I 'm".
    private static bool IsDetached(ReadOnlySpan<char> word) => word[0] is '.' or ',' or '!' or '?' or ';' or ':' or '\'' or '’' or '%';

    private bool IsBracketed(ReadOnlySpan<char> sentence, int i) => i < _words.Count && sentence[_words[i].Start] is '[' or '(';

    private void AppendTail(ReadOnlySpan<char> tail, int start)
    {
        if (tail.IsEmpty || _text.Length == start)
            return;
        if (char.IsPunctuation(_text[^1]) && _text[^1] is not (']' or ')' or '"' or '”' or '%'))
            return;
        _text.Append(tail);
    }
}
