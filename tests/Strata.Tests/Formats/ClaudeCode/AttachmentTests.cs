using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;

namespace Strata.Tests.Formats.ClaudeCode;

/// <summary>What Claude Code adds to a conversation, and what was typed while it worked, is read as it is sent.</summary>
public sealed class AttachmentTests
{
    private const string Typed = "Leave the pump schedule alone, whatever the tests say.";
    private const string Waiting = "And name the commit after bed four.";

    private static readonly ISessionFormat Format = SessionFormats.Find("claude-code")!;

    [Fact]
    public async Task ReadAsync_LinesThatAreSent_AreMessagesWhereTheyStand() =>
        (await FixtureAsync()).Messages.Select(message => $"{message.Role}: {FirstWords(message)}").ShouldBe(
        [
            "user: Look at @valves.py", "user: <system-reminder> Called the", "system: <system-reminder> # Environment",
            "system: <system-reminder> Codebase and", "assistant: The comparison is", "tool: ", "user: Leave the pump",
            "user: <system-reminder> Called the", "assistant: I turned the", "user: And name the", "assistant: Committed.",
        ]);

    [Fact]
    public async Task ReadAsync_TypedWhileTheAgentWorked_IsARequestOfTheUser()
    {
        var transcript = Transcript.Create((await FixtureAsync()).Messages);

        transcript.Groups.Where(group => group is { Kind: GroupKind.User, IsInjected: false })
            .Select(group => group.Messages[0].Text).ShouldBe(["Look at @valves.py and say why the vents stay shut.", Typed, Waiting]);
    }

    [Theory]
    [InlineData(
        """{"type":"queued_command","prompt":[{"type":"text","text":"See the label"}],"commandMode":"prompt"}""", "See the label")]
    [InlineData("""{"type":"queued_command","prompt":"Stop now","commandMode":"prompt","origin":{"kind":"human"}}""", "Stop now")]
    public async Task ReadAsync_AQueuedPromptOfAnyForm_IsTheUsers(string attachment, string words) =>
        InjectedText.Strip((await ReadAsync(Line(attachment))).Messages[^1]).ShouldBe(words);

    [Theory]
    [InlineData("""{"type":"edited_text_file","filename":"/srv/a.txt","snippet":"3 changed"}""", "/srv/a.txt")]
    [InlineData(
        """{"type":"nested_memory","path":"/srv/CLAUDE.md","content":{"content":"Beds count from one."}}""", "Beds count from one.")]
    [InlineData("""{"type":"plan_file_reference","planContent":"1. Dig"}""", "1. Dig")]
    [InlineData("""{"type":"task_status","content":"bed 4 is watered"}""", "bed 4 is watered")]
    public async Task ReadAsync_AnAttachmentOfAnOlderVersion_IsTheClientsText(string attachment, string words)
    {
        var message = (await ReadAsync(Line(attachment))).Messages[^1];

        message.Text.ShouldContain(words);
        InjectedText.Strip(message).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"prompt_snapshot","systemPrompt":["You tend a greenhouse."],"content":"x"}""")]
    [InlineData("""{"type":"task_reminder","content":[],"itemCount":0}""")]
    public async Task ReadAsync_AnAttachmentThatIsNotSent_IsSetAside(string attachment) =>
        (await ReadAsync(Line(attachment))).Messages.Count.ShouldBe(1);

    [Theory]
    [InlineData("popAll", "Water bed two")]
    [InlineData("remove", "/context")]
    [InlineData("remove", "<task-notification>done</task-notification>")]
    public async Task ReadAsync_AWaitingRowThatWasNotGivenAsAMessage_IsSetAside(string operation, string content)
    {
        var rows = $$"""
            {"type":"queue-operation","operation":"enqueue","content":"{{content}}","sessionId":"s"}
            {"type":"queue-operation","operation":"{{operation}}","content":"{{content}}","sessionId":"s"}

            """;

        (await ReadAsync(Line("""{"type":"task_reminder"}""") + rows)).Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WriteAsync_AShortenedFile_IsShorterWhereItIsSentAndInItsCopy()
    {
        var document = await FixtureAsync();

        var written = Encoding.UTF8.GetString(await WriteAsync(document, 1, "cut; recall x"));

        written.ShouldContain("""
            "rendered":[{"content":"cut; recall x"}]
            """);
        written.ShouldNotContain("MAX_ANGLE");
        (await ReadAsync(written)).Messages[1].Text.ShouldBe("cut; recall x");
    }

    [Fact]
    public async Task WriteAsync_AShortenedMemoryOfAnOlderVersion_ReadsBackAsItWasWritten()
    {
        var document = await FixtureAsync();
        var shorter = document.Messages[7].Text.Replace("numbered from the door", "[cut]", StringComparison.Ordinal);

        var again = await ReadAsync(Encoding.UTF8.GetString(await WriteAsync(document, 7, shorter)));

        again.Messages[7].Text.ShouldBe(shorter);
    }

    [Fact]
    public async Task WriteAsync_TheLastSnapshotIsReplaced_LeavesNoEarlierOne()
    {
        var document = await FixtureAsync();

        var written = await WriteAsync(document, 8, "Turned round.");

        (await ReadAsync(Encoding.UTF8.GetString(written))).Messages.Where(message => message.MessageId == "msg_2")
            .Select(message => message.Text).ShouldBe(["Turned round."]);
    }

    [Fact]
    public async Task WriteAsync_Lean_LeavesOutRecordsAndNothingElse()
    {
        var document = await FixtureAsync();
        document.IsLean = true;

        var written = await WriteAsync(document, changed: -1, "");

        Encoding.UTF8.GetString(written).ShouldNotContain("prompt_snapshot");
        ClaudeCodeFile.ShouldBeValid(written);
        (await ReadAsync(Encoding.UTF8.GetString(written))).Messages.Select(message => message.Text)
            .ShouldBe(document.Messages.Select(message => message.Text));
    }

    [Theory]
    [InlineData("openai-chat")]
    [InlineData("anthropic")]
    [InlineData("codex")]
    public async Task WriteAsync_ToAnotherFormat_TakesAlongWhatTheUserTyped(string other)
    {
        var document = await FixtureAsync();
        using var output = new MemoryStream();

        await SessionFormats.Find(other)!.WriteAsync(
            document, [.. document.Messages.Select((message, i) => new OutgoingMessage(message, i))], output,
            TestContext.Current.CancellationToken);

        var text = Encoding.UTF8.GetString(output.ToArray());
        text.ShouldContain(Typed);
        text.ShouldContain(Waiting);
    }

    private static string FirstWords(ChatMessage message) =>
        string.Join(' ', message.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(3));

    private static string Line(string attachment) => $$"""
        {"parentUuid":null,"isSidechain":false,"sessionId":"s","type":"user","message":{"role":"user","content":"hello"},"uuid":"u1"}
        {"parentUuid":"u1","isSidechain":false,"sessionId":"s","type":"attachment","attachment":{{attachment}},"uuid":"u2"}

        """;

    private static Task<SessionDocument> FixtureAsync() =>
        ReadAsync(Encoding.UTF8.GetString(SessionFixture.Bytes("claude-code-attachments.jsonl")));

    private static async Task<SessionDocument> ReadAsync(string file)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return await Format.ReadAsync(input, TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> WriteAsync(SessionDocument document, int changed, string text)
    {
        using var output = new MemoryStream();
        await Format.WriteAsync(
            document,
            [.. document.Messages.Select((message, i) => new OutgoingMessage(
                i == changed ? new ChatMessage(message.Role, text) { MessageId = message.MessageId } : message, i))],
            output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
