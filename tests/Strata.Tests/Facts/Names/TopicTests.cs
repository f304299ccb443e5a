using Strata.LevelZero;
using Strata.Tests.Summaries;

namespace Strata.Tests.Facts.Names;

public class TopicTests
{
    private static string[] TopicsOf(string summary) =>
        [.. summary.Split('\n').Where(line => line.StartsWith("  ~ ", StringComparison.Ordinal)).Select(line => line[4..])];

    private static string[] OtherNamesOf(string summary) =>
        [.. summary.Split('\n').SkipWhile(line => line != SummaryFormat.OtherNames).Skip(1)
            .TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..])];

    [Fact]
    public void Topics_NamesBesideTheSameWords_ShareThemUnderTheirFile()
    {
        var text = new SessionBuilder().User("Look at the pools.")
            .Tool("Read", new { file_path = "/w/app/src/pools.md" },
                string.Join('\n', Enumerable.Range(1, 5).Select(i => $"the connection pool of the shard is called shardPool{i}Main here "
                    + "and nowhere else in all of this very long line of text, which is longer than any line that a summary would show")))
            .Summarize(200).Text;

        var topic = TopicsOf(text).ShouldHaveSingleItem();
        topic.ShouldContain("shardPool1Main, shardPool2Main");
        topic[..topic.IndexOf(':', StringComparison.Ordinal)].Split(' ')
            .ShouldBeSubsetOf(["connection", "pool", "shard", "called", "nowhere"]);
        text.ShouldContain("pools.md (Read)");
    }

    [Fact]
    public void Topics_WordsOfDifferentPlaces_AreNotPutTogether()
    {
        var text = new SessionBuilder().User("Look.")
            .Tool("Bash", new { command = "grep" },
                "alpha billing uses retryBudgetTotal for invoices\n" + new string('.', 400)
                    + "\nomega shipping drops parcelQueueDepth at night\n")
            .Summarize(150).Text;

        foreach (var line in OtherNamesOf(text))
        {
            if (line.Contains("retryBudgetTotal", StringComparison.Ordinal))
                line.ShouldNotContain("shipping");
            if (line.Contains("parcelQueueDepth", StringComparison.Ordinal))
                line.ShouldNotContain("billing");
        }

        OtherNamesOf(text).ShouldNotBeEmpty();
    }

    [Fact]
    public void Topics_NoiseOfTools_IsLeftOut()
    {
        var text = new SessionBuilder().User("Check the order.")
            .Tool("get_order_details", new { order_id = "W1234567" },
                """{"payment_history": [{"card_holder": "x"}], "blob": "9f8e7d6c5b4a3f2e1d0c", "text": "first.\nSecond line"}""")
            .Tool("Bash", new { command = "cat a.go" }, "fmt.Print(\"interleaved.\\n\\nTo resume\") and index 4f5e6d7c..8b9a0c1d 100644")
            .Assistant("The order is fine.")
            .Summarize(300).Text;

        foreach (var noise in (string[])["payment_history", "card_holder", "9f8e7d6c5b4a3f2e1d0c", "interleaved.", "100644", "4f5e6d7c"])
            string.Join('\n', OtherNamesOf(text)).ShouldNotContain(noise);
        string.Join('\n', OtherNamesOf(text)).ShouldNotContain("get_order_details");
        string.Join('\n', OtherNamesOf(text)).ShouldNotContain("order_id");
    }

    [Fact]
    public void Topics_CompactedAgain_StayWithTheirWords()
    {
        var first = SessionBuilder.Typical(12).Summarize(700).Text;
        var again = new SessionBuilder().User(first).User("Go on.").Summarize(900).Text;

        var before = TopicsOf(first);
        before.ShouldNotBeEmpty();
        var words = TopicsOf(again).Concat(OtherNamesOf(again)).Select(topic => topic.Split(": ")).ToList();
        foreach (var topic in words.Where(topic => topic.Length == 2))
        {
            var source = before.Concat(OtherNamesOf(first))
                .Where(old => topic[1].Split(", ").Any(name => old.Contains(name, StringComparison.Ordinal))).ToList();
            if (source.Count > 0)
                topic[0].Split(' ').ShouldAllBe(word => source.Any(old => old.Contains(word, StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public void Topics_OfALongSession_AreAtMostThreeFifthsOfTheText()
    {
        var text = SessionBuilder.Typical(60).Summarize(1200).Text;
        (TopicsOf(text).Sum(line => line.Length + 5) + OtherNamesOf(text).Sum(line => line.Length + 3))
            .ShouldBeLessThanOrEqualTo(text.Length * 3 / 5);
    }
}
