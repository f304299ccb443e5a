using Microsoft.Extensions.AI;
using Strata.Archives;

namespace Strata.Tests.Archives;

public sealed class SearchTermsTests
{
    [Theory]
    [InlineData("Die Größe", "die grosse")]
    [InlineData("getHTTPServerName", "gethttpservername get http server name")]
    [InlineData("max_retry-count", "max_retry-count max retry count")]
    [InlineData("src/Strata/Handle.cs", "src strata handle cs src/strata/handle.cs handle.cs")]
    [InlineData("https://example.com/a1?q=2", "https example com a1 example.com/a1 q 2")]
    [InlineData("错误信息", "错误 误信 信息")]
    [InlineData("是 a", "是 a")]
    [InlineData("3.11 and 0x1F", "3.11 and 0x1f")]
    [InlineData("user's", "user's user")]
    [InlineData("", "")]
    [InlineData("\0\ud800 \"()*", "")]
    public void Of_Text_GivesItsTerms(string text, string terms) =>
        SearchTerms.Of(text).ShouldBe(terms.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Fact]
    public void Of_Data_IsPassedOver()
    {
        var bytes = new byte[3_000];
        new Random(7).NextBytes(bytes);
        var text =
            $"before {Convert.ToBase64String(bytes)} between {Convert.ToHexString(bytes)} behind {Convert.ToHexStringLower(bytes)} end";
        SearchTerms.Of(text).ShouldBe(["before", "between", "behind", "end"], ignoreOrder: true);
    }

    [Fact]
    public void Of_LongPath_KeepsItsPartsAndName() =>
        SearchTerms.Of("/home/ann/projects/strata/src/Strata/Summaries/Extractive/Reading/SessionReader.cs").ShouldBe(
            ["home", "ann", "projects", "strata", "src", "summaries", "extractive", "reading", "session", "reader", "sessionreader", "cs",
                "sessionreader.cs"], ignoreOrder: true);

    [Fact]
    public void Of_LongWord_IsCut() => SearchTerms.Of(new string('x', 1_000)).ShouldBe([new string('x', SearchTerms.Longest)]);

    [Fact]
    public void Excerpt_TermsFarInside_ShowsTheirSurroundings()
    {
        var text = string.Concat(Enumerable.Repeat("filler words\n", 400)) + "the walrus\nmet a carpenter here"
            + string.Concat(Enumerable.Repeat(" more filler", 400));
        var excerpt = SearchText.Excerpt(text, SearchTerms.Of("carpenter walrus"));
        excerpt.ShouldContain("the walrus met a carpenter here");
        excerpt.Length.ShouldBeLessThanOrEqualTo(SearchText.LongestExcerpt);
        excerpt.ShouldNotContain("\n");
    }

    [Fact]
    public void Excerpt_NoTerms_IsTheBeginning() => SearchText.Excerpt("one\ntwo", []).ShouldBe("one two");

    [Fact]
    public void FindExcerpt_NoneOfTheTerms_IsNull() => SearchText.FindExcerpt("one two", SearchTerms.Of("three")).ShouldBeNull();

    [Fact]
    public void FindExcerpt_TermAtTheEndOfAHugeText_IsFound() =>
        SearchText.FindExcerpt(string.Concat(Enumerable.Repeat("filler ", 100_000)) + "walrus", SearchTerms.Of("walrus"))!
            .ShouldEndWith("walrus");

    [Fact]
    public void Of_Message_HoldsNamesArgumentsAndResults()
    {
        var text = SearchText.Of(new ChatMessage(ChatRole.Assistant,
            [new TextContent("said"), new FunctionCallContent("c", "named", new Dictionary<string, object?> { ["a"] = "given" }),
                new FunctionResultContent("c", "got"), new HostedFileContent("file_1")]));
        foreach (var word in (string[])["said", "named", "given", "got", "file_1"])
            text.ShouldContain(word);
    }
}
