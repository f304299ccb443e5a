using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.LevelZero;
using Strata.Tests.Summaries;

namespace Strata.Tests.LevelZero;

/// <summary>The user's words inside a client's wrapping stand in a summary as the user's, and the client's never do.</summary>
public sealed class UserWordsTests
{
    [Fact]
    public void Summarize_ArgumentsOfASlashCommand_AreTheFirstRequestAndItsRules()
    {
        const string Words = "Mill the spelt for the bakery order; never wet the stone";
        var session = new SessionBuilder()
            .User($"<command-message>mill</command-message>\n<command-name>/mill</command-name>\n<command-args>{Words}</command-args>")
            .User($"Base directory for this skill: /srv/skills/mill\n\n# Mill\nStart slow.\n\nARGUMENTS: {Words}");
        session.Messages.AddRange(SessionBuilder.Typical(5).Messages.Skip(1));

        var text = session.Summarize(1500).Text;

        Block(text, SummaryFormat.FirstRequest).ShouldBe([$"- {Words}"]);
        Block(text, SummaryFormat.Rules).ShouldContain(line => line.Contains("never wet the stone", StringComparison.Ordinal));
        Block(text, SummaryFormat.Requests).ShouldNotContain(line => line.Contains("spelt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Never mill with stone two, always use stone one and wait for my word.")]
    [InlineData("Mahle nie mit Stein zwei, nimm immer Stein eins.")]
    [InlineData("永远不要用二号石磨，总是用一号石磨。")]
    public void Summarize_RefusedCall_IsRefusedAndTheReasonIsARule(string reason)
    {
        var session = SessionBuilder.Typical(3);
        Result(session, "Bash", new { command = "mill --stone 2 --start" }, new FunctionResultContent("r1",
            "The user doesn't want to proceed with this tool use. The tool use was rejected. To tell you how to proceed, the user said:\n"
                + reason)
        {
            Exception = new InvalidOperationException("The tool reported an error."),
        });
        session.Assistant("I use another stone.");

        var text = session.Summarize(1200).Text;

        Block(text, SummaryFormat.Commands).ShouldContain("- `mill --stone 2 --start` → refused by the user");
        Block(text, SummaryFormat.Errors).ShouldNotContain(line => line.Contains("stone 2", StringComparison.Ordinal));
        string.Join('\n', Block(text, SummaryFormat.Rules)).ShouldContain(reason[..12]);
    }

    [Fact]
    public void Summarize_RefusedCallOfAnEarlierSummary_IsReadBack() =>
        ManifestEntries.Write(ManifestEntries.ReadCommand("`mill --start` → refused by the user")!)
            .ShouldBe("`mill --start` → refused by the user");

    [Fact]
    public void Summarize_AnswersOfAQuestionTool_StandWholeAndTheirRulesInTheLedger()
    {
        var session = SessionBuilder.Typical(3).Tool("AskUserQuestion", new { questions = Array.Empty<string>() },
            "User has answered your questions: \"Which grain comes first?\"=\"Rye, and always the one from the north silo\", \"May I empty "
                + "silo 4?\"=\"No, never empty silo 4 before the inspector came\". You can now continue with the user's answers in mind.");
        session.Assistant("I begin with rye.");

        var text = session.Summarize(1200).Text;

        text.ShouldContain("Rye, and always the one from the north silo");
        string.Join('\n', Block(text, SummaryFormat.Rules)).ShouldContain("never empty silo 4 before the inspector came");
    }

    [Fact]
    public void Summarize_MessageTypedWhileTheAgentWorked_IsARequestWithItsRule()
    {
        var session = SessionBuilder.Typical(3);
        session.Add(new ChatMessage(ChatRole.Assistant,
            [new FunctionCallContent("t1", "Bash", new Dictionary<string, object?> { ["command"] = "mill --status" })]));
        session.Add(new ChatMessage(ChatRole.User,
        [
            new FunctionResultContent("t1", "running"),
            new TextContent("The user sent a new message while you were working:\nAlso weigh the bran, and never open hatch 9. Tell me "
                + "what it weighs.\n\nThis is how Claude Code surfaces messages."),
        ]));
        session.Assistant("I weigh it.");

        var text = session.Summarize(1200).Text;

        Block(text, SummaryFormat.Requests).Concat(Block(text, SummaryFormat.Rules))
            .ShouldContain(line => line.Contains("weigh the bran", StringComparison.Ordinal));
        text.ShouldNotContain("surfaces messages");
        string.Join('\n', Block(text, SummaryFormat.Rules)).ShouldContain("never open hatch 9");
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("spawn_agent")]
    [InlineData("delegate_research")]
    public void Summarize_ReportOfASubAgent_KeepsItsFirstLastAndFindingSentences(string tool)
    {
        var session = SessionBuilder.Typical(2).Tool(tool, new { prompt = "Find why the mill stops." },
            "## Findings\nThe mill stops because belt K-17 slips 40 mm at night. The sensor in src/belt/slip.py reads it too late.\n\n- "
                + "First seen 2026-10-03, see NOTE-41.\n- Raising SLIP_LIMIT hides the fault.\n\n## Advice\nTighten K-17, then revert "
                + "commit 77ab3c1. Do not raise SLIP_LIMIT.");
        session.Messages.AddRange(SessionBuilder.Typical(6).Messages.Skip(2));

        var text = session.Summarize(1500).Text;

        text.ShouldContain("The mill stops because belt K-17 slips 40 mm at night.");
        text.ShouldContain("Do not raise SLIP_LIMIT.");
        text.ShouldContain("NOTE-41");
    }

    [Fact]
    public void Summarize_HeartbeatsAndAcknowledgements_LeaveNoTrace()
    {
        var session = SessionBuilder.Typical(3);
        for (var i = 0; i < 5; i++)
            session.User("[OpenClaw heartbeat poll]").Assistant("HEARTBEAT_OK").User("[OpenClaw cron wake]").Assistant("NO_REPLY");
        session.Assistant("All quiet in the calendar module.");

        var text = session.Summarize(1500).Text;

        text.ShouldNotContain("heartbeat");
        text.ShouldNotContain("HEARTBEAT_OK");
        text.ShouldNotContain("NO_REPLY");
    }

    private static void Result(SessionBuilder session, string tool, object arguments, FunctionResultContent result)
    {
        var parsed = JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(arguments));
        session.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(result.CallId, tool, parsed)]));
        session.Add(new ChatMessage(ChatRole.Tool, [result]));
    }

    private static string[] Block(string summary, string label) =>
        [.. summary.Split('\n').SkipWhile(line => line != label).Skip(1)
            .TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal))];
}
