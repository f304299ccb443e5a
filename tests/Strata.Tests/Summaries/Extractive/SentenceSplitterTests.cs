using Strata.Summaries.Extractive;

namespace Strata.Tests.Summaries.Extractive;

public class SentenceSplitterTests
{
    private static string[] Split(string text) => [.. SentenceSplitter.Split(text).Select(range => text[range])];

    [Fact]
    public void Split_Prose_EndsAtFullStopsBeforeANewBeginning() =>
        Split("Use v1.2.3 of foo.cs, e.g. the old one. It works! does it? Yes.").ShouldBe(
            ["Use v1.2.3 of foo.cs, e.g. the old one.", "It works!", "does it?", "Yes."]);

    [Fact]
    public void Split_Cjk_EndsAtFullWidthMarksWithoutBlanks() =>
        Split("修复了问题。测试通过！下一步是什么？好").ShouldBe(["修复了问题。", "测试通过！", "下一步是什么？", "好"]);

    [Fact]
    public void Split_ListsAndHeadings_AreSentencesWithoutTheirMarks() =>
        Split("# Title\n- first item\n* second\n12. twelfth\n\n> quoted").ShouldBe(["Title", "first item", "second", "twelfth", "quoted"]);

    [Fact]
    public void Split_FencedCode_IsLeftOut() => Split("Before\n```cs\nvar a = 1. B;\n```\nAfter").ShouldBe(["Before", "After"]);

    [Fact]
    public void Split_HyphenatedLine_IsNotAListItem() => Split("-flag is on").ShouldBe(["-flag is on"]);
}
