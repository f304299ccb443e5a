namespace Strata.Facts.Dialogues;

/// <summary>Chooses whole utterances of a talk between two: those most likely asked for later, for their length.</summary>
internal static class UtteranceSelector
{
    // What an entry costs beside its text: the speaker, a mark, a line break.
    private const int EntryChars = 14;

    // What an earlier summary carries was cut already, to three quarters; and of equals the newer one stays.
    private const double BeforeTheCut = 1.5;

    // With this share of the talk in the summary there is room for whole sentences.
    private const double Roomy = 0.6;

    // What was said last is read as it was said.
    private const double Newest = 0.9;

    // Enough of English; more passages than fit are chosen in any case.
    private const double CharsPerToken = 4;

    /// <summary>Best first, more than fit into so many tokens.</summary>
    public static List<Passage> Choose(Dialogue dialogue, int tokens)
    {
        var chars = tokens * Dialogue.MostCharsPerToken;
        var utterances = dialogue.Utterances;
        var likelihoods = UtteranceValues.Of(dialogue);
        var order = new int[likelihoods.Length];
        var density = new double[likelihoods.Length];
        var total = 0L;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            var length = utterances[i].Text.Length * (utterances[i].IsCarried ? BeforeTheCut : 1);
            density[i] = -likelihoods[i] / (length + EntryChars);
            total += utterances[i].Text.Length;
        }

        Array.Sort(density, order);
        var isRoomy = tokens * CharsPerToken >= total * Roomy;
        var cutter = new UtteranceCutter(dialogue);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var chosen = new List<Passage>();
        for (var k = 0; k < order.Length && chars > 0; k++)
        {
            var utterance = utterances[order[k]];
            var text = cutter.Cut(utterance, isTight: !isRoomy && order[k] < order.Length * Newest);
            if (!seen.Add(text))
                continue;
            chosen.Add(new Passage(order[k], utterance.Speaker, text, utterance.Date));
            chars -= text.Length + EntryChars;
        }

        return chosen;
    }
}
