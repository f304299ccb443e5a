using System.Collections.Frozen;
using System.Text;

namespace Strata.Facts.Ledgers;

/// <summary>Patterns of <see cref="StatementGate"/> that a sentence can match by the words in it.</summary>
[Flags]
internal enum RuleCue
{
    None = 0,
    Standing = 1,
    Preference = 2,
    Obligation = 4,
    All = Standing | Preference | Obligation,
}

/// <summary>
/// Tells in one pass which patterns need not be tried: each word of a long chat is looked up once in place of once for each pattern. Every way to
/// match one of them in ASCII text needs a word of its line; text with other letters is left to the patterns.
/// </summary>
internal static class RuleCues
{
    private static readonly FrozenDictionary<string, RuleCue>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words().GetAlternateLookup<ReadOnlySpan<char>>();

    public static RuleCue In(ReadOnlySpan<char> sentence)
    {
        if (!Ascii.IsValid(sentence))
            return RuleCue.All;
        var cues = RuleCue.None;
        for (var i = 0; i < sentence.Length; i++)
        {
            var start = i;
            while (i < sentence.Length && char.IsAsciiLetter(sentence[i]))
                i++;
            if (i > start && Lookup.TryGetValue(sentence[start..i], out var found))
                cues |= found;
        }

        return cues;
    }

    private static FrozenDictionary<string, RuleCue> Words()
    {
        var words = new Dictionary<string, RuleCue>(StringComparer.OrdinalIgnoreCase);
        Add(RuleCue.Standing, "never always whenever now here forward henceforth future time times circumstances without until unless longer more anymore nie niemals immer ab von zukunft nunca siempre ahora jamais toujours mai sempre ora agora");
        Add(RuleCue.Preference, "prefer rather hate dislike want need like user users preference allergic willing open happy fine okay ok determined long first every each all without ideally preferably ich prefiero quiero je preferisco voglio prefiro");
        Add(RuleCue.Obligation, "not never only all always must has have need needs required allowed forbidden limits mandatory without muss darf soll sollen debe deben tiene doit doivent faut deve devono devem");
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(RuleCue cue, string list)
        {
            foreach (var word in list.Split(' '))
                words[word] = words.GetValueOrDefault(word) | cue;
        }
    }
}
