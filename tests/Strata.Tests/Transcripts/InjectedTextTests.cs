using System.Text;
using Strata.Transcripts;

namespace Strata.Tests.Transcripts;

public sealed class InjectedTextTests
{
    [Theory]
    [InlineData("<system-reminder>be brief</system-reminder>", "")]
    [InlineData("Fix it.<system-reminder>be\nbrief</system-reminder> Now.", "Fix it.  Now.")]
    [InlineData("<command-name>/clear</command-name>\n<command-args></command-args>", "")]
    [InlineData("<permissions instructions>all</permissions instructions>", "")]
    [InlineData("<ide_opened_file>a.cs</ide_opened_file>Why?", "Why?")]
    [InlineData("Caveat: The messages below were generated", "")]
    [InlineData("<div>mine</div>", "<div>mine</div>")]
    [InlineData("<system-reminder>never closed", "<system-reminder>never closed")]
    [InlineData("a < b and <", "a < b and <")]
    [InlineData("<commander>no</commander>", "<commander>no</commander>")]
    public void Strip_Text_LeavesTheUsersWords(string text, string own) => InjectedText.Strip(text).ShouldBe(own);

    [Fact]
    public void Strip_ManyUnclosedTags_IsDone()
    {
        var text = new StringBuilder().Insert(0, "<system-reminder> ", 200_000).ToString();
        InjectedText.Strip(text).ShouldBe(text.Trim());
    }
}
