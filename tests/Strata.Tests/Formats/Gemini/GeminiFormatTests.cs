using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Gemini;

public sealed class GeminiFormatTests
{
    private const string Name = "gemini-cli";

    [Fact]
    public void Read_Log_IsTheNewestVersionOfEachMessageAndEachResultOnce()
    {
        var document = Read(Name, SessionFixture.Bytes("gemini.jsonl"));

        SummariesOf(document).ShouldBe(
        [
            "user: <session_context>\nToday is Saturday.\n</session_context>",
            "user: Convert the Fahrenheit column. Never touch raw/. | image/png:8",
            "assistant: I look at the table and its tests. | read_1=read_file({\"path\":\"table.csv\"})"
                + " | run_1=run_shell_command({\"command\":\"pytest -q \\\"x\\\"\"})",
            "tool: read_1->day,temp\n1,68\n | run_1->exit 1 ü",
            "assistant: plot_1=plot({\"x\":\"day\"})",
            "tool: plot_1->done",
            "assistant: The column is converted.",
            "user: Now plot it, please 🚀.",
            "assistant: Plotted.",
        ]);
        (document.SessionId, document.Model).ShouldBe(("9e31b0c4-0000-4000-8000-000000000001", "gemini-2.5-pro"));
    }

    [Fact]
    public void Read_AfterCompressionAndRewind_IsWhatIsLeft() =>
        Read(Name, SessionFixture.Bytes("gemini-compressed.jsonl")).Messages.Select(static message => message.MessageId)
            .ShouldBe(["s1", "s2", "s3", "s4", "s5", "n1", "n4", "n5"]);

    [Theory]
    [InlineData("n1", "first")]
    [InlineData("nowhere", "")]
    public void Read_Rewind_TakesItsTargetAndAllBehindIt(string target, string left)
    {
        var file = $$"""
            {"sessionId":"s","projectHash":"p"}
            {"id":"a","type":"user","content":"first"}
            {"id":"n1","type":"user","content":"second"}
            {"id":"b","type":"gemini","content":"yes"}
            {"$rewindTo":"{{target}}"}
            """;

        string.Join(',', Read(Name, file).Messages.Select(static message => message.Text)).ShouldBe(left);
    }

    [Fact]
    public void Write_ResultShortened_IsShortWhereverItStands()
    {
        var document = Read(Name, SessionFixture.Bytes("gemini.jsonl"));
        var all = All(document);
        var results = document.Messages[3].Contents.ToList();
        results[0] = new FunctionResultContent("read_1", "short");
        all[3] = new OutgoingMessage(new ChatMessage(ChatRole.Tool, results), 3);

        var written = Write(Name, document, all);

        written.ShouldNotContain("1,68");
        Read(Name, written).Messages[3].Contents.OfType<FunctionResultContent>().First().Result.ShouldBe("short");
    }

    [Fact]
    public void Read_ResumedSessionThatRepeatsResults_HasEachOnce()
    {
        const string Result = """{"functionResponse":{"id":"c","name":"f","response":{"output":"1"}}}""";
        var file = $$"""
            {"id":"g","type":"gemini","content":"","toolCalls":[{"id":"c","name":"f","args":{},"result":[{{Result}}]}]}
            {"id":"u","type":"user","content":[{{Result}}]}
            {"id":"v","type":"user","content":[{{Result}}]}
            """;

        SummariesOf(Read(Name, file)).ShouldBe(["assistant: c=f({})", "tool: c->1"]);
    }
}
