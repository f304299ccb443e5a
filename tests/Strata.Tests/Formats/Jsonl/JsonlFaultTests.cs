using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Tests.Formats.Jsonl;

/// <summary>
/// Faults that real session files have. What is readable is read, what is broken is named, and everything is written back.
/// </summary>
public sealed class JsonlFaultTests
{
    private static readonly ISessionFormat Format = SessionFormats.Find("claude-code")!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoObjectsOnOneLine_AreTwoMessages()
    {
        var bytes = Utf8($"{User("1", null, "one")} {User("2", "1", "two")}\n{User("3", "2", "three")}\n");
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["one", "two", "three"]);
        document.PlaceOf(1).ShouldBe("line 1");
        document.Problems.ShouldBeEmpty();
        await ShouldWriteBackAsync(document, bytes);

        var without = Encoding.UTF8.GetString(await WriteAsync(document, 1));
        without.ShouldBe($"{User("1", null, "one")}\n{User("3", "1", "three")}\n");
    }

    [Fact]
    public async Task LineSeparatorsInsideStrings_EndNoLine()
    {
        var bytes = Utf8(User("1", null, "a\u2028b\u2029c\u0085d") + "\n" + User("2", "1", "two"));
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["a\u2028b\u2029c\u0085d", "two"]);
        await ShouldWriteBackAsync(document, bytes);
    }

    [Fact]
    public async Task TruncatedLastLine_IsNamedAndStaysLast()
    {
        var cut = User("3", "2", "three")[..40];
        var bytes = Utf8($"{User("1", null, "one")}\n{User("2", "1", "two")}\n{cut}");
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["one", "two"]);
        document.Problems.ShouldHaveSingleItem().Place.ShouldBe("line 3");
        document.Problems[0].Message.ShouldContain("cut off");
        await ShouldWriteBackAsync(document, bytes);

        var outgoing = new OutgoingMessage(new ChatMessage(ChatRole.User, "all"), -1) { Replaces = [0, 1] };
        var after = await WriteAsync(document, [outgoing]);
        Encoding.UTF8.GetString(after).ShouldEndWith("\n" + cut);
        Texts(await ReadAsync(after)).ShouldBe(["all"]);
    }

    [Fact]
    public async Task BrokenLineInTheMiddle_IsNamedAndKept()
    {
        var bytes = Utf8($"{User("1", null, "one")}\n{{\"type\":\"user\",oops\n{User("2", "1", "two")}\n[1,2]\n");
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["one", "two"]);
        document.Problems.Select(static problem => problem.Place).ShouldBe(["line 2", "line 4"]);
        await ShouldWriteBackAsync(document, bytes);
        Encoding.UTF8.GetString(await WriteAsync(document, 0)).ShouldBe($"{{\"type\":\"user\",oops\n{User("2", null, "two")}\n[1,2]\n");
    }

    [Fact]
    public async Task LineThatGoesOnBehindABrokenOne_IsRead()
    {
        var bytes = Utf8($"{User("1", null, "one")}\n{User("9", "1", "lost")[..60]}{User("2", "1", "two")}\n");
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["one", "two"]);
        document.Problems.ShouldHaveSingleItem().Place.ShouldBe("line 2");
        await ShouldWriteBackAsync(document, bytes);
    }

    [Fact]
    public async Task NulBytes_ArePassedOver()
    {
        var bytes = Utf8($"{User("1", null, "one")}\n\0\0\0\0{User("2", "1", "two")}\n\0\0\0\0\0\0");
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["one", "two"]);
        document.Problems.Select(static problem => problem.Place).ShouldBe(["line 2", "line 3"]);
        await ShouldWriteBackAsync(document, bytes);
    }

    [Fact]
    public async Task LoneSurrogateEscape_StaysOne()
    {
        var bytes = Utf8(User("1", null, "x")
            .Replace(
                "\"x\"", """[{"type":"text","text":"a\ud83d b"},{"type":"tool_use","id":"t","name":"n","input":{"a\ud83d":"\udc00"}}]""",
                StringComparison.Ordinal) + "\n");
        var document = await ReadAsync(bytes);
        document.Messages[0].Contents[0].ShouldBeOfType<TextContent>().Text.ShouldBe("a\ud83d b");
        document.Messages[0].Contents[1].ShouldBeOfType<FunctionCallContent>().Arguments!.Keys.ShouldBe(["a\ud83d"]);
        await ShouldWriteBackAsync(document, bytes);

        var changed = new ChatMessage(ChatRole.User, [new TextContent("\ud83d\ude80 \ud83d|"), document.Messages[0].Contents[1]]);
        var after = await WriteAsync(document, [new OutgoingMessage(changed, 0)]);
        (await ReadAsync(after)).Messages[0].Contents[0].ShouldBeOfType<TextContent>().Text.ShouldBe("\ud83d\ude80 \ud83d|");
    }

    [Fact]
    public async Task BytesThatAreNotUtf8_AreNamedAndKept()
    {
        var bytes = Utf8(User("1", null, "a§b") + "\n");
        var at = bytes.AsSpan().IndexOf("§"u8);
        bytes[at] = 0xff;
        bytes[at + 1] = 0xfe;
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["a\ufffd\ufffdb"]);
        document.Problems.ShouldHaveSingleItem().Message.ShouldContain("UTF-8");
        await ShouldWriteBackAsync(document, bytes);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(100_000, false)]
    public async Task DeeplyNestedJson_IsReadOrNamed(int depth, bool isRead)
    {
        var nested = new string('[', depth) + new string(']', depth);
        var bytes = Utf8($"{User("1", null, "one")}\n"
            + $"{User("2", "1", "two").Replace("\"two\"", $$$"""[{"type":"tool_use","id":"t","name":"n","input":{"a":{{{nested}}}}}]""", StringComparison.Ordinal)}\n");
        var document = await ReadAsync(bytes);
        document.Messages.Count.ShouldBe(isRead ? 2 : 1);
        document.Problems.Count.ShouldBe(isRead ? 0 : 1);
        await ShouldWriteBackAsync(document, bytes);
    }

    [Fact]
    public async Task RepeatedUuid_IsOneMessageAndGoesWithIt()
    {
        var bytes = Utf8($"{User("1", null, "one")}\n{User("2", "1", "two")}\n{User("2", "1", "two")}\n{User("3", "2", "three")}\n");
        var document = await ReadAsync(bytes);
        Texts(document).ShouldBe(["one", "two", "three"]);
        await ShouldWriteBackAsync(document, bytes);
        Encoding.UTF8.GetString(await WriteAsync(document, 1)).ShouldBe($"{User("1", null, "one")}\n{User("3", "1", "three")}\n");
    }

    [Fact]
    public async Task LineOverTheMaximum_ThrowsWithLineAndSize()
    {
        using var input = new MemoryStream(Utf8($"{User("1", null, "one")}\n{User("2", "1", new string('x', 5000))}\n"));
        var exception = await Should.ThrowAsync<SessionFormatException>(
            async () => await JsonlFile.ReadAsync(input, static (_, _) => { }, Cancellation, maxLineLength: 4096));
        exception.Message.ShouldContain("Line 2");
        exception.Message.ShouldContain("4,096");
    }

    [Fact]
    public async Task EndlessLine_ThrowsInsteadOfFillingTheMemory()
    {
        using var input = new EndlessStream();
        var exception = await Should.ThrowAsync<SessionFormatException>(
            async () => await JsonlFile.ReadAsync(input, static (_, _) => { }, Cancellation, maxLineLength: 1 << 20));
        exception.Message.ShouldContain("Line 1");
    }

    [Fact]
    public async Task BytesOneByOne_ReadTheSame()
    {
        var bytes = Utf8($"\uFEFF{User("1", null, "one ä 🚀")}\r\n\r\n{User("2", "1", "two")}\r\n{{broken\r\n{User("3", "2", "three")}");
        using var input = new DripStream(bytes);
        var document = await Format.ReadAsync(input, Cancellation);
        Texts(document).ShouldBe(["one ä 🚀", "two", "three"]);
        await ShouldWriteBackAsync(document, bytes);
        var summary = new OutgoingMessage(new ChatMessage(ChatRole.User, "S"), -1) { Replaces = [1, 2] };
        var after = Encoding.UTF8.GetString(await WriteAsync(document, [new OutgoingMessage(document.Messages[0], 0), summary]));
        after.ShouldStartWith("\uFEFF{");
        after.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
    }

    [Fact]
    public async Task Cancellation_IsObeyed()
    {
        using var input = new MemoryStream(Utf8(User("1", null, "one")));
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await Format.ReadAsync(input, source.Token));
    }

    [Theory]
    [InlineData("claude-code.jsonl")]
    [InlineData("codex.jsonl")]
    [InlineData("pi.jsonl")]
    public void Detect_OddFirstLines_StillRecognizes(string fixture)
    {
        var file = Strata.Tests.Contracts.SessionFixture.Bytes(fixture);
        var expected = SessionFormats.Detect(file)?.Name;
        foreach (var odd in new[] { "\n\n", "{\"cut\":\"of", "\0\0", "{\"type\":\"summary\",\"summary\":\"A title\",\"leafUuid\":\"x\"}",
            "[]", "\uFEFF" })
        {
            byte[] head = [.. Utf8(odd), (byte)'\n', .. file];
            SessionFormats.Detect(head.AsSpan(0, Math.Min(head.Length, SessionFormats.HeadLength)))?.Name.ShouldBe(expected, odd);
        }
    }

    [Theory]
    [InlineData("""{"type":"user","message":{"role":"user","content":"LONG"},"uuid":"1","parentUuid":null}""", "claude-code")]
    [InlineData("""{"parentUuid":null,"isSidechain":false,"type":"user","message":{"role":"user","content":"LONG"}}""", "claude-code")]
    [InlineData(
        """{"timestamp":"2026-01-01T00:00:00Z","type":"session_meta","payload":{"id":"1","base_instructions":{"text":"LONG"}}}""", "codex")]
    [InlineData("""{"type":"message","id":"1","parentId":null,"timestamp":"2026-01-01T00:00:00Z","message":"""
        + """{"role":"user","content":"LONG"}}""", "pi")]
    public void Detect_FirstLineLongerThanTheHead_StillRecognizes(string line, string expected)
    {
        var head = Utf8(line.Replace("LONG", new string('x', 2 * SessionFormats.HeadLength), StringComparison.Ordinal));
        SessionFormats.Detect(head.AsSpan(0, SessionFormats.HeadLength))?.Name.ShouldBe(expected);
    }

    private static string User(string uuid, string? parent, string text) =>
        $$"""{"parentUuid":{{(parent is null ? "null" : $"\"{parent}\"")}},"isSidechain":false,"type":"user","message":"""
            + $$"""{"role":"user","content":"{{text}}"},"uuid":"{{uuid}}","timestamp":"2026-01-01T00:00:00.000Z"}""";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Texts(SessionDocument document) => document.Messages.Select(static message => message.Text);

    private static async Task<SessionDocument> ReadAsync(byte[] bytes)
    {
        using var input = new MemoryStream(bytes);
        return await Format.ReadAsync(input, Cancellation);
    }

    private static Task<byte[]> WriteAsync(SessionDocument document, int without) =>
        WriteAsync(
            document,
            [.. document.Messages.Select(static (message, i) => new OutgoingMessage(message, i))
                .Where(message => message.SourceIndex != without)]);

    private static async Task<byte[]> WriteAsync(SessionDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        using var output = new MemoryStream();
        await Format.WriteAsync(document, messages, output, Cancellation);
        return output.ToArray();
    }

    private static async Task ShouldWriteBackAsync(SessionDocument document, byte[] bytes) =>
        (await WriteAsync(document, without: -1)).ShouldBe(bytes);

    private sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
