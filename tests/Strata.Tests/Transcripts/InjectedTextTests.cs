using System.Text;
using Microsoft.Extensions.AI;
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
    [InlineData("<system-reminder>a</system-reminder>\n[Request interrupted by user]", "")]
    [InlineData("<turn_aborted>\nThe user interrupted.\n</turn_aborted>", "")]
    [InlineData("<skill>\n<name>lint</name>\nNever skip a file.\n</skill>", "")]
    [InlineData("# AGENTS.md instructions for /srv/mill\n\n<INSTRUCTIONS>\nNever push.\n</INSTRUCTIONS>", "")]
    [InlineData("# AGENTS.md instructions\n\n<INSTRUCTIONS>\nx\n</INSTRUCTIONS>\n<environment_context>y</environment_context>\nGrind the "
        + "rye.", "Grind the rye.")]
    [InlineData("<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nnone\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>", "")]
    [InlineData("[OpenClaw heartbeat poll]", "")]
    [InlineData("[Mon 2026-11-30 21:34 UTC] [OpenClaw heartbeat poll]\n[OpenClaw heartbeat poll]", "")]
    [InlineData("[Tue 2026-12-01 08:00 UTC] [cron:4f1 mill] Weigh the flour.", "")]
    [InlineData("[Tue 2026-12-01 08:00 UTC] Weigh the flour.", "[Tue 2026-12-01 08:00 UTC] Weigh the flour.")]
    [InlineData("HEARTBEAT_OK", "")]
    [InlineData("Answer NO_REPLY when nothing is due.", "Answer NO_REPLY when nothing is due.")]
    [InlineData("<environment_details>\nfiles\n</environment_details>", "")]
    [InlineData("<div>mine</div>", "<div>mine</div>")]
    [InlineData("<system-reminder>never closed", "<system-reminder>never closed")]
    [InlineData("a < b and <", "a < b and <")]
    [InlineData("<commander>no</commander>", "<commander>no</commander>")]
    public void Strip_Text_LeavesTheUsersWords(string text, string own) => InjectedText.Strip(text).ShouldBe(own);

    [Theory]
    [InlineData("<command-message>grind</command-message>\n<command-name>/grind</command-name>\n<command-args>Mill the oats; never wet the "
        + "stone</command-args>", "Mill the oats; never wet the stone")]
    [InlineData("<command-name>/mahlen</command-name>\n<command-args>Mahle den Hafer, nie den Stein nass machen</command-args>",
        "Mahle den Hafer, nie den Stein nass machen")]
    [InlineData("<command-name>/model</command-name>\n<command-args>claude-opus-5-5</command-args>", "")]
    [InlineData("Base directory for this skill: /srv/skills/grind\n\n# Grind\nARGUMENTS: are read.\nStart slow.\n\nARGUMENTS: 研磨燕麦，不要弄湿石头",
        "研磨燕麦，不要弄湿石头")]
    [InlineData("Base directory for this skill: /srv/skills/grind\n\n# Grind\nStart slow.", "")]
    [InlineData("The user sent a new message while you were working:\nUse the small stone.\n\nThis is how Claude Code surfaces messages.",
        "Use the small stone.")]
    [InlineData("<system-reminder>\nThe user sent the following message:\nStop at noon.\n\nPlease address this message and go "
        + "on.\n</system-reminder>", "Stop at noon.")]
    [InlineData("<user-memory-input>always sieve twice</user-memory-input>", "always sieve twice")]
    [InlineData("<user_query>\nWhy is it damp?\n</user_query>", "Why is it damp?")]
    public void Strip_WordsInsideAWrapper_AreTheUsers(string text, string own) => InjectedText.Strip(text).ShouldBe(own);

    [Fact]
    public void Strip_MessageOfSeveralBlocks_TellsEachByItself()
    {
        var message = new ChatMessage(ChatRole.User,
        [
            new TextContent("<system-reminder>rules</system-reminder>"), new TextContent("Caveat: The messages below were generated"),
            new TextContent("Sieve the bran."),
        ]);

        InjectedText.Strip(message).ShouldBe("Sieve the bran.");
    }

    [Theory]
    [InlineData("Fix it.<system-reminder>be\nbrief</system-reminder> Now.")]
    [InlineData("<command-name>/grind</command-name><command-args> oats </command-args> x")]
    [InlineData("[OpenClaw heartbeat poll]\nand mine\n\nNO_REPLY")]
    [InlineData("Base directory for this skill: /a\n\nARGUMENTS: b")]
    [InlineData("")]
    public void Parts_Text_AreTheWholeText(string text) =>
        string.Concat(InjectedText.Parts(text).Select(part => part.Text)).ShouldBe(text);

    [Fact]
    public void Strip_ManyUnclosedTags_IsDone()
    {
        var text = new StringBuilder().Insert(0, "<system-reminder> ", 200_000).ToString();
        InjectedText.Strip(text).ShouldBe(text.Trim());
    }
}
