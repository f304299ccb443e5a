namespace Strata.LevelZero.Sections;

/// <summary>Sentences that were said, in their order.</summary>
internal static class SentenceSection
{
    public const double ReportShare = 0.12;
    public const double EarlierShare = 0.15;

    private const int LeastTokens = 16;

    public static void Add(SummaryPage page, string label, IReadOnlyList<Candidate> sentences, HashSet<Candidate> used, int room)
    {
        page.Selector.Choose(
            sentences.Where(sentence => !used.Contains(sentence)), sentences.Count == 0 ? 0 : sentences[^1].Order,
            sentence =>
            {
                var handle = sentence.Text.Length > SummaryFormat.WorthAHandle ? sentence.Handle : null;
                return page.Add(label, (sentence.Order, 0), SummaryFormat.WithHandle(sentence.Text, handle), ref room)
                    && used.Add(sentence);
            },
            () => room < LeastTokens);
    }
}
