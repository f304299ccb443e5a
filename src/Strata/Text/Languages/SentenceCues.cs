using System.Text;

namespace Strata.Text.Languages;

/// <summary>All cues of a sentence, found in one pass for each of its languages.</summary>
internal sealed class SentenceCues
{
    private readonly string _sentence;
    private readonly List<CueHit> _hits = [];

    private SentenceCues(string sentence) => _sentence = sentence;

    public CueKind Kinds { get; private set; }

    /// <param name="sentence">The sentence, whose places the cues tell.</param>
    /// <param name="read">The same with blanks in place of what is not to be read.</param>
    /// <param name="languages">The languages whose cues are looked for.</param>
    public static SentenceCues Of(string sentence, string read, LanguageSet languages)
    {
        var cues = new SentenceCues(sentence);
        var (folded, exact) = (default(string), default(string));
        var (places, exactPlaces) = (default(int[]), default(int[]));
        var kinds = CueKind.None;
        foreach (var language in languages)
        {
            var letters = language.KeepsDiacritics
                ? exact ??= CueText.Fold(read, true, out exactPlaces)
                : folded ??= CueText.Fold(read, false, out places);
            var first = cues._hits.Count;
            language.Cues.Find(new CueText(letters, language.HasBlanks, language.Numbers), cues._hits, ref kinds);
            if ((language.KeepsDiacritics ? exactPlaces : places) is not { } moved)
                continue;
            for (var i = first; i < cues._hits.Count; i++)
                cues._hits[i] = cues._hits[i] with { Start = moved[cues._hits[i].Start], End = moved[cues._hits[i].End] };
        }

        cues.Kinds = kinds;
        return cues;
    }

    /// <summary>Whether a cue of one of the kinds is there.</summary>
    public bool Has(CueKind kinds) => (Kinds & kinds) != CueKind.None;

    /// <summary>The sentence with a blank in place of each cue of these kinds.</summary>
    public string Without(CueKind kinds)
    {
        var text = (StringBuilder?)null;
        var at = 0;
        foreach (var hit in _hits.Where(hit => (hit.Kind & kinds) != CueKind.None).OrderBy(hit => hit.Start)
            .ThenByDescending(hit => hit.End))
        {
            if (hit.End <= at)
                continue;
            text ??= new StringBuilder();
            text.Append(_sentence, at, Math.Max(0, hit.Start - at)).Append(' ');
            at = hit.End;
        }

        return text is null ? _sentence : text.Append(_sentence, at, _sentence.Length - at).ToString();
    }

    /// <summary>What stands behind the first cue of a kind, up to the next pause; empty when there is none.</summary>
    public ReadOnlySpan<char> Behind(CueKind kind, int longest)
    {
        foreach (var hit in _hits)
        {
            if (hit.Kind != kind)
                continue;
            var rest = _sentence.AsSpan(hit.End).TrimStart();
            var end = rest.IndexOfAny(".,;:!?，。；");
            rest = end < 0 ? rest : rest[..end];
            return rest[..Math.Min(rest.Length, longest)];
        }

        return [];
    }
}
