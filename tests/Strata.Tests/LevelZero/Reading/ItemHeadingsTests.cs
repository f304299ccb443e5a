using Strata.LevelZero;
using Strata.LevelZero.Reading;
using Strata.Tests.Summaries;

namespace Strata.Tests.LevelZero.Reading;

public sealed class ItemHeadingsTests
{
    [Theory]
    [InlineData("## Option B\n\n- keep the old queue\n", "Option B")]
    [InlineData("**Option B** (slow):\n1. keep the old queue", "Option B (slow)")]
    [InlineData("Done. What is left:\n* keep the old queue", "What is left")]
    [InlineData("- Parser\n  - keep the old queue", "Parser")]
    [InlineData("1. Pending Tasks:\n   - keep the old queue", "Pending Tasks")]
    [InlineData("What is left:\n- one\n- two\n- keep the old queue", "What is left")]
    [InlineData("What is left:\n\nBut first a word.\n- keep the old queue", null)]
    [InlineData("What is left:\nkeep the old queue", null)]
    [InlineData("```\n# comment\n```\n- keep the old queue", null)]
    [InlineData("What is still left of all that we said in the meeting of the whole group of yesterday:\n- keep the old queue", null)]
    public void HeadingOf_Item_IsWhatStandsNextAboveIt(string text, string? heading)
    {
        var headings = new ItemHeadings(text);
        var at = text.IndexOf("keep", StringComparison.Ordinal);

        headings.MoveTo(at);

        headings.HeadingOf(at, 18).ShouldBe(heading);
    }

    [Fact]
    public void AnyAbove_ItemBelowTwoHeadings_AsksBoth()
    {
        const string text = "## Next steps\n**Parser**\n- keep the old queue\n## Done\n- the lexer";
        var headings = new ItemHeadings(text);

        headings.MoveTo(text.IndexOf("keep", StringComparison.Ordinal));
        headings.AnyAbove(LineCues.IsAboutWhatIsToDo).ShouldBeTrue();

        headings.MoveTo(text.Length - 1);
        headings.AnyAbove(LineCues.IsAboutWhatIsToDo).ShouldBeFalse();
    }

    [Fact]
    public void Summarize_PlanWithOptions_TellsWhichOptionAStepIsOf()
    {
        var text = SessionBuilder.Typical(2)
            .Assistant("**Option A (rejected)**\n- call `queueMessage` while streaming\n\n**Option B**\n- hold `pendingResult` until the "
                + "agent ends\n\nThe old session is unfixed and stays in `LegacyStore`.\nLet me look at `RetryPolicy` now.")
            .User("Take B.").Assistant("The queue is held until the agent ends.").Summarize(900).Text;

        text.ShouldContain("- Option A (rejected): call `queueMessage` while streaming");
        text.ShouldContain("- Option B: hold `pendingResult` until the agent ends");
        text.ShouldNotContain("Let me look at `RetryPolicy`");
    }
}
