using System.Collections.Frozen;

namespace Strata.Facts.Dialogues;

/// <summary>The words with traits.</summary>
internal static class WordTraitList
{
    private static readonly FrozenDictionary<string, WordTraits>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Read().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Traits of a lower-case word with straight apostrophes, those of its form included.</summary>
    public static WordTraits Of(ReadOnlySpan<char> word)
    {
        var traits = Lookup.TryGetValue(word, out var listed) ? listed : WordTraits.None;
        if (char.IsDigit(word[0]))
            traits |= word.Length == 4 && word[0] is '1' or '2' && word[1] is '9' or '0' ? WordTraits.Number | WordTraits.Time
                : WordTraits.Number;
        if (word.Length > 4 && word.EndsWith("ed"))
            traits |= WordTraits.Past;
        return traits;
    }

    private static FrozenDictionary<string, WordTraits> Read()
    {
        var traits = new Dictionary<string, WordTraits>(StringComparer.Ordinal);
        Add(WordTraits.FirstPerson, "i i'm i've i'll i'd me my mine we we're we've we'll our us");
        Add(WordTraits.SecondPerson, "you you're you've you'll you'd your yours ya");
        Add(WordTraits.Time, "yesterday today tonight tomorrow ago last next since recently monday tuesday wednesday thursday friday "
            + "saturday sunday january february march april june july august september october november december week weeks weekend month "
            + "months year years");
        Add(WordTraits.Past, "went was were had did got made took saw met said told gave found came bought left lost won felt thought "
            + "started began ate ran wrote read built taught learned grew held kept");
        Add(WordTraits.Life, "mom dad mother father sister brother son daughter kids kid wife husband family friend friends grandma "
            + "grandmother grandpa aunt uncle cousin girlfriend boyfriend partner job work school college class boss team dog cat pet");
        Add(WordTraits.Filler, "um uh uhm umm mm hmm mhm mm-hmm uh-huh er erm huh eh äh ähm euh");
        Add(WordTraits.Opening, "wow whoa hey hi hello thanks thank thx oh ah aw aww yeah yep yes yup ok okay cool nice great awesome "
            + "amazing congrats congratulations well haha lol totally absolutely definitely exactly anyway btw gosh omg alright right so "
            + "much lot again there you and");
        Add(WordTraits.Assent, "yeah yep okay ok oh ah alright");
        Add(WordTraits.Joining, "and so but well or then now right because 'cause cause");
        Add(WordTraits.Light, "about into up down out off over may might must him her his hers its us them those these really very gonna "
            + "wanna got get gets go goes going like know think want say said see look make thing things something lot bit good one don't "
            + "doesn't didn't can't isn't wasn't won't it's that's there's what's let's they're he's she's some any all other more because "
            + "well kind sort maybe probably actually");
        Add(WordTraits.Nominal, "the of for to in and by with that on from as");
        Add(WordTraits.Deciding, "decide decided decision agree agreed propose proposed proposal suggest suggested recommend recommended "
            + "motion vote approved should must plan agenda conclude concluded conclusion deadline");
        return traits.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(WordTraits trait, string words)
        {
            foreach (var word in words.Split(' '))
                traits[word] = traits.GetValueOrDefault(word) | trait;
        }
    }
}
