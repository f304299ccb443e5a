using FsCheck;
using FsCheck.Fluent;
using Strata.Ranking.Rated;

namespace Strata.Tests.Ranking;

public sealed class RatingReaderTests
{
    [Theory]
    [InlineData("""[{"document": 1, "rating": 7}, {"document": 2, "rating": 0}, {"document": 3, "rating": 10}]""")]
    [InlineData("```json\n[{\"id\": 3, \"score\": 10}, {\"id\": 1, \"score\": \"7/10\"}, {\"id\": 2, \"score\": 0},]\n```")]
    [InlineData("[7, 0, 10]")]
    [InlineData("""{"1": 7, "2": 0, "3": 10}""")]
    [InlineData("""{"ratings": [7, 0, 10]}""")]
    [InlineData("Here are my ratings [as asked]:\n1: 7/10\n2: 0/10 - off topic\n3: 10/10")]
    [InlineData("**Document 1**: 7 (says much in 2024)\n- Document 2: rating 0\n3. Rating: 10")]
    public void Read_AnyWayOfSayingIt_GivesTheRatings(string answer) => RatingReader.Read(answer, 3).ShouldBe([7, 0, 10]);

    [Fact]
    public void Read_RangeAndCount_AreChecked()
    {
        RatingReader.Read("""[{"document": 1, "rating": 11}, {"document": 2, "rating": -1}, {"document": 9, "rating": 5}]""", 2)
            .ShouldBe([null, null]);
        RatingReader.Read("[7, 8]", 3).ShouldBe([null, null, null]);
        RatingReader.Read("I cannot rate these.", 3).ShouldBe([null, null, null]);
        RatingReader.Read("", 0).ShouldBeEmpty();
    }

    [Fact]
    public void Read_PartOfTheDocuments_LeavesTheOthersOpen() => RatingReader.Read("2: 6.5", 3).ShouldBe([null, 6.5, null]);

    [Fact]
    public void Read_OneDocument_NeedsNoNumber() => RatingReader.Read("I would say 8/10.", 1).ShouldBe([8]);

    [Fact]
    public void Read_AnyAnswer_IsInRangeOrNothing()
    {
        var answers = Gen.ArrayOf(Gen.Elements("1", "7", "10", "11", ":", "/", "[", "]", "{", "}", "\"", "rating", "document", ",", "\n",
            " ", "-", "99999999999")).Select(string.Concat);
        Prop.ForAll(answers.ToArbitrary(), answer => RatingReader.Read(answer, 3).All(rating => rating is null or (>= 0 and <= 10)))
            .Check(Config.QuickThrowOnFailure);
    }
}
