using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.OpenCode;

public sealed class OpenCodeFormatTests
{
    private const string Name = "opencode";

    [Fact]
    public void Read_Session_IsWhatOpencodeSends()
    {
        var document = Read(Name, SessionFixture.Bytes("opencode.json"));

        SummariesOf(document).ShouldBe(
        [
            "user: Convert the Fahrenheit column. Never touch \"raw/\". | image/png:8",
            "assistant: <The column comes first.>#c2lnbmF0dXJl | I read the table and its tests."
                + " | toolu_1=read({\"filePath\":\"/home/ada/weather/table.csv\"})"
                + " | toolu_2=bash({\"command\":\"pytest -q\",\"description\":\"tests\"})",
            "tool: toolu_1->day,temp\n1,68\n2,71\n | toolu_2->2 failed ü 🚀",
            "assistant: toolu_3=grep({\"pattern\":\"F\\\\b\"})",
            "tool: toolu_3->no such folder",
            "assistant: The column is converted.",
            "user: Now plot it.",
            "assistant: toolu_4=plot({})",
            "tool: toolu_4->[done, image/png:8]",
            "assistant: Plotted.",
        ]);
        document.Messages[4].Contents.OfType<FunctionResultContent>().Single().Exception.ShouldNotBeNull();
        (document.SessionId, document.Model).ShouldBe(("ses_0a1b2c3d4e5fAAAAAAAAAAAAAA", "claude-sonnet-4-5"));
    }

    [Theory]
    [InlineData("opencode-compacted.json", "bash")]
    [InlineData("opencode-compacted-tail.json", "read")]
    public void Read_AfterOwnCompaction_BeginsWithItsSummary(string fixture, string firstTool)
    {
        var document = Read(Name, SessionFixture.Bytes(fixture));

        document.Messages[0].Text.ShouldBe("What did we do so far?");
        document.Messages[1].Text.ShouldStartWith("## Objective");
        document.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().First().Name.ShouldBe(firstTool);
        document.Messages.ShouldAllBe(static message => !message.Text.Contains("old step", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OwnSummaryCut_DoesNotBringBackWhatItHadCompacted()
    {
        var document = Read(Name, SessionFixture.Bytes("opencode-compacted-tail.json"));
        var summary = New(ChatRole.User, "A summary.") with { Replaces = [0, 1] };

        var again = Read(Name, Write(Name, document, [summary, .. All(document).Skip(2)]));

        SummariesOf(again).ShouldBe(["user: A summary.", .. SummariesOf(document).Skip(2)]);
    }

    [Fact]
    public void Write_ResultShortened_EmptiesItsMirror()
    {
        var document = Read(Name, SessionFixture.Bytes("opencode.json"));
        var all = All(document);
        var results = document.Messages[2].Contents.ToList();
        results[0] = new FunctionResultContent("toolu_1", "short");
        all[2] = new OutgoingMessage(new ChatMessage(ChatRole.Tool, results), 2);

        var state = Parse(Write(Name, document, all)).GetProperty("messages")[1].GetProperty("parts")[3].GetProperty("state");

        (state.GetProperty("output").GetString(), state.GetProperty("metadata").GetRawText()).ShouldBe(("short", "{}"));
    }

    [Fact]
    public void Write_SummaryOfAUserMessage_TakesItsIdSoThatAnswersKeepTheirParent()
    {
        var document = Read(Name, SessionFixture.Bytes("opencode.json"));
        var summary = New(ChatRole.User, "A summary.") with { Replaces = [0, 1, 2] };

        var messages = Parse(Write(Name, document, [summary, .. All(document).Skip(3)])).GetProperty("messages");

        messages[1].GetProperty("info").GetProperty("parentID").GetString()
            .ShouldBe(messages[0].GetProperty("info").GetProperty("id").GetString());
    }
}
