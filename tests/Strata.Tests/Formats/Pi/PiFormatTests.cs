using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;

namespace Strata.Tests.Formats.Pi;

public sealed class PiFormatTests
{
    private static readonly ISessionFormat Format = SessionFormats.Find("pi")!;

    [Fact]
    public async Task ReadAsync_Session_GivesWhatPiSends()
    {
        var document = await ReadAsync("pi.jsonl");
        document.Model.ShouldBe("claude-opus-4-5");
        SessionFixture.Canonical(document.Messages).Select(static line => line.Split('\n')[0]).ShouldBe(
        [
            "user: text Add a flag.",
            "assistant: reasoning Two files. EpEQCkYI== | text I read both. | call toolu_1 read {",
            "tool: result toolu_1 print(1)",
            "tool: result toolu_2 one",
            "assistant: text A first answer.",
            "user: text The following is a summary of a branch that this conversation came back from:",
            "user: text Ran `ls`",
            "user: text The build is green.",
            "user: text And this picture? | data image/png 89504E470D0A1A0A",
            "assistant: call toolu_3 bash {",
            "tool: result toolu_3 [text Command exited with code 1 , data image/png 89504E470D0A1A0A]",
            "assistant: text It fails. 🚀",
        ]);
        document.Messages[6].Text.ShouldBe("Ran `ls`\n```\na.py\nb.py\n\n```");
        document.Messages[10].Contents[0].ShouldBeOfType<FunctionResultContent>().Exception.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("pi-compacted.jsonl")]
    [InlineData("pi-version1.jsonl")]
    public async Task ReadAsync_AfterACompaction_BeginsWithItsSummaryAndWhatItKept(string fixture)
    {
        var document = await ReadAsync(fixture);
        document.Messages[0].Text.ShouldBe(
            "The conversation history before this point was compacted into the following summary:\n\n<summary>\n## Goal\nThe parser is "
                + "ported.\n</summary>");
        document.Messages[1].Text.ShouldBe("And its tests.");
        document.Messages.Count.ShouldBe(8);
        document.PlaceOf(0).ShouldBe("line 7");
    }

    [Theory]
    [InlineData("pi-compacted.jsonl", "\"firstKeptEntryId\":\"00000004\"")]
    [InlineData("pi-version1.jsonl", "\"firstKeptEntryIndex\":3")]
    public async Task WriteAsync_FirstKeptRemoved_CompactionNamesTheNext(string fixture, string expected)
    {
        var document = await ReadAsync(fixture);
        (await WriteAsync(document, Without(document, 1))).ShouldContain(expected);
    }

    [Fact]
    public async Task WriteAsync_LineBeforeTheFirstKeptReplaced_Version1CountsAgain()
    {
        var document = await ReadAsync("pi-version1.jsonl");
        var summary = new OutgoingMessage(new ChatMessage(ChatRole.User, "A summary."), -1) { Replaces = [1, 2, 3] };
        var all = document.Messages.Select(static (message, i) => new OutgoingMessage(message, i)).ToList();
        var after = await WriteAsync(document, [all[0], summary, .. all.Skip(4)]);
        after.ShouldContain("\"firstKeptEntryIndex\":3");
        after.Split('\n')[3]
            .ShouldStartWith(
                "{\"type\":\"message\",\"timestamp\":\"2026-04-01T08:00:06.006Z\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"A summary.\"");
    }

    [Theory]
    [InlineData("pi-compacted.jsonl", 1)]
    [InlineData("pi-compacted.jsonl", 4)]
    [InlineData("pi-version1.jsonl", 4)]
    public async Task WriteAsync_SummaryForTheCompactionsSummary_StandsInTheCompaction(string fixture, int replaced)
    {
        const string Summary = "[Previous conversation summary] The parser and its tests are ported.";
        var document = await ReadAsync(fixture);
        List<OutgoingMessage> messages =
        [
            new(new ChatMessage(ChatRole.User, Summary), -1) { Replaces = [.. Enumerable.Range(0, replaced)] },
            .. Without(document, -1).Skip(replaced),
        ];

        var written = await WriteAsync(document, messages);

        written.ShouldContain($"\"summary\":\"{Summary}\"");
        written.ShouldContain("\"details\":{\"by\":\"strata\"}");
        written.ShouldNotContain("Goal");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(written));
        var again = await Format.ReadAsync(stream, TestContext.Current.CancellationToken);
        again.Messages.Select(static message => message.Text).ShouldBe(messages.Select(static message => message.Message.Text));
    }

    [Theory]
    [InlineData("pi-compacted.jsonl")]
    [InlineData("pi-version1.jsonl")]
    public async Task WriteAsync_CompactionsSummaryRemoved_LeavesAnEmptyCompaction(string fixture)
    {
        var document = await ReadAsync(fixture);
        var after = await WriteAsync(document, Without(document, 0));
        after.ShouldContain("\"summary\":\"\"");
        after.ShouldContain("Ported.");   // still in the file
    }

    [Fact]
    public async Task WriteAsync_Summary_TakesTheIdOfTheLastEntryItReplaces()
    {
        var document = await ReadAsync("pi.jsonl");
        var summary = new OutgoingMessage(new ChatMessage(ChatRole.User, "A summary."), -1) { Replaces = [1, 2, 3] };
        var all = document.Messages.Select(static (message, i) => new OutgoingMessage(message, i)).ToList();
        var after = await WriteAsync(document, [all[0], summary, .. all.Skip(4)]);
        after.Split('\n').Except(Encoding.UTF8.GetString(SessionFixture.Bytes("pi.jsonl")).Split('\n'), StringComparer.Ordinal)
            .ShouldHaveSingleItem().ShouldBe(
            """{"type":"message","id":"00000006","parentId":"00000003","timestamp":"2026-04-01T08:00:07.007Z","message":"""
                + """{"role":"user","content":[{"type":"text","text":"A summary."}],"timestamp":1775030407007}}""");
    }

    [Fact]
    public async Task WriteAsync_LabelledEntryRemoved_LabelMovesUp()
    {
        var document = await ReadAsync("pi.jsonl");
        (await WriteAsync(document, Without(document, 4))).ShouldContain("\"targetId\":\"00000006\"");
    }

    [Fact]
    public async Task WriteAsync_OpenClawsNotesOfItsCache_OnlyTheLastOfAKindStaysInWhatIsCut()
    {
        const string Session = """
            {"type":"session","version":4,"id":"6a1f0d6e-0000-4000-8000-000000000003","timestamp":"2026-04-01T08:00:01.001Z","cwd":"/w"}
            {"type":"message","id":"a1","parentId":null,"message":{"role":"user","content":"Measure the pier."}}
            {"type":"custom","customType":"openclaw.cache-ttl","data":{"frozenToolResults":[1]},"id":"a2","parentId":"a1"}
            {"type":"custom","customType":"model-snapshot","data":{},"id":"a3","parentId":"a2"}
            {"type":"message","id":"a4","parentId":"a3","message":{"role":"assistant","content":[{"type":"text","text":"It is long."}]}}
            {"type":"custom","customType":"openclaw.cache-ttl","data":{"frozenToolResults":[1,2]},"id":"a5","parentId":"a4"}
            {"type":"message","id":"a6","parentId":"a5","message":{"role":"user","content":"And the harbour?"}}
            {"type":"custom","customType":"openclaw.cache-ttl","data":{"timestamp":3},"id":"a7","parentId":"a6"}

            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Session));
        var document = await Format.ReadAsync(stream, TestContext.Current.CancellationToken);

        (await WriteAsync(document, Without(document, -1))).ShouldBe(Session);
        var cut = await WriteAsync(document, Without(document, 1));

        cut.ShouldNotContain("[1]");
        cut.ShouldContain("[1,2]");
        cut.ShouldContain("\"timestamp\":3}");
        cut.ShouldContain("\"id\":\"a3\",\"parentId\":\"a1\"");
        cut.ShouldContain("\"id\":\"a5\",\"parentId\":\"a3\"");
    }

    private static IReadOnlyList<OutgoingMessage> Without(SessionDocument document, int removed) =>
        [.. document.Messages.Select(static (message, i) => new OutgoingMessage(message, i))
            .Where(message => message.SourceIndex != removed)];

    private static async Task<SessionDocument> ReadAsync(string fixture)
    {
        using var input = new MemoryStream(SessionFixture.Bytes(fixture));
        return await Format.ReadAsync(input, TestContext.Current.CancellationToken);
    }

    private static async Task<string> WriteAsync(SessionDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        using var output = new MemoryStream();
        await Format.WriteAsync(document, messages, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
