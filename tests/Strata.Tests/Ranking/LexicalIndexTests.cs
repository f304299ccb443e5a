using FsCheck;
using FsCheck.Fluent;
using Strata.Ranking;

namespace Strata.Tests.Ranking;

public sealed class LexicalIndexTests
{
    private static readonly string[] Kitchen =
    [
        "The oven heats up in ten minutes and has two shelves.",
        "Bread dough is kneaded by hand, then it rests for an hour.",
        "Baking bread needs a hot oven; the dough rises before baking.",
        "The cat sleeps on the sofa all day.",
        "Yeast makes the dough rise.",
    ];

    [Theory]
    [InlineData("baked breads", 2)]
    [InlineData("sleeping cats", 3)]
    [InlineData("OVEN SHELF", 0)]
    public void Rank_InflectedWords_MeetTheirStems(string query, int best) => Best(Kitchen, query).ShouldBe(best);

    [Fact]
    public void Rank_NothingMatches_KeepsTheOrderWithScoresOfZero()
    {
        var ranking = Rank(Index(Kitchen), "quantum chromodynamics");

        ranking.Select(document => document.Index).ShouldBe([0, 1, 2, 3, 4]);
        ranking.ShouldAllBe(document => document.Score == 0);
    }

    [Fact]
    public void Rank_StopWordsOnly_MatchNothing() =>
        Rank(Index(Kitchen), "what is it that the").ShouldAllBe(document => document.Score == 0);

    [Fact]
    public void Rank_DocumentWithoutTheWord_RisesByItsLikes()
    {
        // Only the first two have the word; the third shares what they speak of, the fourth nothing.
        string[] documents =
        [
            "The sourdough starter ferments flour and water with wild yeast.", "A sourdough loaf: flour, water, salt, wild yeast.",
            "The stock market fell after the report on wages.",
            "Flour and water ferment with wild yeast.", "The train to the coast leaves from platform four.",
            "Paint the fence before winter.",
        ];

        var ranking = Rank(Index(documents), "sourdough");

        ranking.Take(3).Select(document => document.Index).ShouldBe([0, 1, 3], ignoreOrder: true);
        ranking[2].Index.ShouldBe(3);
    }

    [Fact]
    public void Rank_NeighboursOfTheQuery_BeatTheSameWordsApart() => Best(
        ["Memory was low while the old leak of the roof was repaired by two men with a ladder.",
            "The old roof was low while the two men with a ladder repaired a memory leak."],
        "memory leak").ShouldBe(1);

    [Fact]
    public void Rank_Title_OutweighsTheText()
    {
        var index = Index([new("a", "Notes on budgets and other things.", "Receipts"),
            new RankableDocument("b", "Notes on receipts and other things.", "Budgets")]);

        Rank(index, "budget")[0].Id.ShouldBe("b");
    }

    [Theory]
    [InlineData("user name", 1)]
    [InlineData("getUserName", 1)]
    [InlineData("boundary layer", 2)]
    [InlineData("max tokens", 0)]
    public void Rank_CodeNamesAndCompounds_AreFoundByTheirParts(string query, int best) =>
        Best(["int max_tokens = 5;", "var x = getUserName();", "The boundary-layer theory"], query).ShouldBe(best);

    [Theory]
    [InlineData("东京的天气", 1)]
    [InlineData("погода", 2)]
    [InlineData("Häuser", 0)]
    public void Rank_OtherLanguages_Match(string query, int best) =>
        Best(["Das alte Haus und die neuen Häuser stehen am See.", "东京今天天气很好，明天下雨。", "Завтра погода будет хорошей."], query).ShouldBe(best);

    [Fact]
    public void Rank_Among_ReturnsThoseOnlyAndLearnsFromAll()
    {
        var index = Index(Kitchen);

        Rank(index, "bread oven", among: [3, 2]).Select(document => document.Index).ShouldBe([2, 3]);
        Should.Throw<ArgumentOutOfRangeException>(() => Rank(index, "bread", among: [5]));
    }

    [Fact]
    public void Rank_Top_IsAtLeastOne()
    {
        Rank(Index(Kitchen), "oven", top: 2).Count.ShouldBe(2);
        Should.Throw<ArgumentOutOfRangeException>(() => Rank(Index(Kitchen), "oven", top: 0));
    }

    [Fact]
    public async Task RankAsync_WithoutDocuments_IsEmpty() =>
        (await new LexicalRanker().RankAsync("oven", [], cancellationToken: TestContext.Current.CancellationToken)).ShouldBeEmpty();

    [Fact]
    public void Rank_EqualDocuments_StayInTheirOrder() =>
        Rank(Index(["the oven", "a cat", "the oven", "the oven"]), "oven").Select(document => document.Index).ShouldBe([0, 2, 3, 1]);

    [Fact]
    public void Rank_AnyTexts_AreRankedCompletelySortedAndTheSameEveryTime()
    {
        var texts =
            Gen.ArrayOf(Gen.Elements("oven", "bread", "a", "the", "x_y", "camelCase", "3.14", "", "天気", "\ud800", "-", "don't", "\n"))
            .Select(words => string.Join(' ', words));
        Prop.ForAll(Gen.ArrayOf(texts).ToArbitrary(), texts.ToArbitrary(), (documents, query) =>
        {
            var ranking = Rank(Index(documents), query);

            ranking.Select(document => document.Index).Order().ShouldBe(Enumerable.Range(0, documents.Length));
            ranking.Zip(ranking.Skip(1)).ShouldAllBe(pair =>
                pair.First.Score > pair.Second.Score
                    || (pair.First.Score.Equals(pair.Second.Score) && pair.First.Index < pair.Second.Index));
            ranking.ShouldAllBe(document => document.Score >= 0 && double.IsFinite(document.Score));
            Rank(Index(documents), query).ShouldBe(ranking);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Passage_LongText_IsWhatWasAskedFor()
    {
        var text = string.Concat(Enumerable.Repeat("Nothing of interest stands here. ", 50)) + "The breaker opens after five failures. "
            + string.Concat(Enumerable.Repeat("More of the same. ", 50));
        var index = Index([text, "Another one."]);

        var passage = index.Passage("when does the breaker open", 0, 100);

        passage.ShouldStartWith("The breaker opens after five failures.");
        passage.Length.ShouldBeLessThanOrEqualTo(100);
        text.ShouldContain(passage);
    }

    private static int Best(string[] documents, string query) => Rank(Index(documents), query)[0].Index;

    private static LexicalIndex Index(string[] documents) => Index([.. documents.Select((text, i) => new RankableDocument($"{i}", text))]);

    private static LexicalIndex Index(RankableDocument[] documents) =>
        LexicalIndex.Create(documents, TestContext.Current.CancellationToken);

    private static IReadOnlyList<RankedDocument> Rank(
        LexicalIndex index, string query, int? top = null, IReadOnlyList<int>? among = null) =>
        index.Rank(query, top, among, TestContext.Current.CancellationToken);
}
