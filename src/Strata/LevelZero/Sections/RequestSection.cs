namespace Strata.LevelZero.Sections;

/// <summary>What the user asked for and where the assistant said things stand, as far as they fit word for word.</summary>
internal static class RequestSection
{
    private const double FirstRequestShare = 0.08;
    private const double LastWordsShare = 0.07;
    private const double RequestShare = 0.25;
    private const int LeastRequestTokens = 24;

    private const int LeastRoom = 48;
    private const int LeastQuote = 12;
    private const int EntryTokens = 6;
    private const int HandleTokens = 14;
    private const int WorthAHandle = 3 * HandleTokens;

    public static void AddFirst(SummaryPage page, IReadOnlyList<Quote> requests)
    {
        if (requests.Count == 0)
            return;
        var room = Math.Max(page.Room(FirstRequestShare), Math.Min(LeastRoom, page.Left / 3));
        AddQuote(page, SummaryFormat.FirstRequest, requests[0], 0, room, ref room);
    }

    /// <summary>Adds a request, and under the assistant's label the words that answered it; there is room for a piece of both.</summary>
    public static void AddAnswered(SummaryPage page, string label, (Quote Request, Quote Answer) answered)
    {
        var left = page.Left - page.CostOfLabel(label) - page.CostOfLabel(SummaryFormat.LastWords) - EntryTokens;
        var words = Math.Min(Math.Max(page.Room(LastWordsShare), LeastRequestTokens), left / 2);
        var request = Math.Min(Math.Max(page.Room(FirstRequestShare), LeastRequestTokens), left - words);
        Add(label, answered.Request, request);
        Add(SummaryFormat.LastWords, answered.Answer, words);

        void Add(string under, Quote quote, int cap)
        {
            var room = int.MaxValue;
            while (cap >= LeastQuote && !page.Add(under, (int.MaxValue, 0), Ends(quote, cap, page), ref room))
                cap -= LeastQuote / 3;
        }
    }

    public static void AddLastWords(SummaryPage page, Quote words)
    {
        var room = page.Room(LastWordsShare);
        AddQuote(page, SummaryFormat.LastWords, words, 0, room - 12, ref room);
    }

    public static void Add(SummaryPage page, IReadOnlyList<Quote> requests, bool withoutFirst)
    {
        var room = Math.Max(page.Room(RequestShare), Math.Min(LeastRoom, page.Left * 2 / 3));
        var newest = Math.Max(withoutFirst ? 1 : 0, requests.Count - Math.Max(1, room / LeastRequestTokens));
        if (newest >= requests.Count)
            return;
        var lengths = Enumerable.Range(newest, requests.Count - newest)
            .Select(i => page.Counter.CountUpTo(requests[i].Text, room) + 3).Order().ToList();
        var cap = Math.Max(QuoteCutter.WaterLevel(lengths, room - 8), LeastQuote);
        for (var i = requests.Count - 1; i >= newest; i--)
            AddQuote(page, SummaryFormat.Requests, requests[i], i, cap, ref room);
    }

    private static string Ends(Quote quote, int cap, SummaryPage page) =>
        page.Counter.CountUpTo(quote.Text, cap) <= cap ? quote.Text
            : QuoteCutter.EndsKept(quote.Text, Math.Max(cap, LeastQuote) - 4, page.Counter);

    private static void AddQuote(SummaryPage page, string label, Quote request, int index, int cap, ref int room)
    {
        var text = request.Text;
        var cut = request.WasCut;
        if (page.Counter.CountUpTo(text, cap) + 3 > cap)
        {
            var length = cap > WorthAHandle ? cap - HandleTokens : cap;
            text = QuoteCutter.EndsKept(text, length - 4, page.Counter);
            cut = true;
        }

        // A request that stands here whole has nothing to recall; a short one is found by the range of the whole summary.
        var handle = cut && cap > WorthAHandle ? request.Handle : null;
        if (text.Length > 0 && !page.Add(label, (index, 0), SummaryFormat.WithHandle(text, handle), ref room))
            _ = page.Add(label, (index, 0), text, ref room);
    }
}
