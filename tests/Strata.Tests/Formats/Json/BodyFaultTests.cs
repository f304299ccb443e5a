using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Json;

public sealed partial class BodyFaultTests
{
    public static TheoryData<string, string> Fixtures { get; } = new()
    {
        { "openai-chat", "chat-request.json" },
        { "openai-chat", "chat-list.json" },
        { "openai-responses", "responses-request.json" },
        { "anthropic", "anthropic-request.json" },
        { "ollama", "ollama-request.json" },
    };

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n\t ", "empty")]
    [InlineData("hello", "1:1: not JSON")]
    [InlineData("\n  \"text\"", "2:3: a string")]
    [InlineData("12", "1:1: a number")]
    [InlineData("{\"a\":1}", "no \"messages\"")]
    [InlineData("{\n \"messages\": 5}", "2:14: messages is a number")]
    [InlineData("{\n \"messages\": \"x\"}", "2:14: messages is a string")]
    [InlineData("{\"model\":\"m\",", "1:14: the document ends in the middle, and no \"messages\"")]
    [InlineData("[1, \"x\", null]", "No message can be read. [2]: 1:10: null")]
    [InlineData("[{\"role\": user}]", "No message can be read. [0]: 1:11: not JSON")]
    public void Read_NothingReadable_ThrowsWithThePlace(string json, string message) =>
        Should.Throw<SessionFormatException>(() => Read("openai-chat", json)).Message.ShouldContain(message);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_Utf16_SaysSo(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        Should.Throw<SessionFormatException>(() => Read("openai-chat", [.. encoding.GetPreamble(), .. encoding.GetBytes("[]")])).Message
            .ShouldContain("UTF-16");
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_AnyByteBroken_ReadsOrSaysWhy(string format, string fixture)
    {
        var original = SessionFixture.Bytes(fixture);
        var random = new Random(11);
        for (var run = 0; run < 500; run++)
        {
            var bytes = (byte[])original.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:\\"[random.Next(8)];
            try
            {
                var document = Read(format, bytes);
                WriteBytes(format, document, All(document)).ShouldBe(bytes);
                WriteBytes(format, document, [.. All(document).Skip(1), New(ChatRole.User, "note")]);
                foreach (var message in document.Messages)
                    JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions);
            }
            catch (SessionFormatException e)
            {
                e.Message.ShouldNotBeNullOrWhiteSpace();
            }
        }
    }

    [Fact]
    public void Read_BrokenElementAmongOthers_PassesItOverAndKeepsIt()
    {
        const string Json = "[{\"role\":\"user\",\"content\":\"a\"},\n {\"role\":\"user\",\"content\":\"raw\ttab\"},\n 7, "
            + "{\"role\":\"assistant\",\"content\":\"b\"}]";
        var document = Read("openai-chat", Json);

        SummariesOf(document).ShouldBe(["user: a", "assistant: b"]);
        document.Problems.Select(static problem => problem.Place).ShouldBe(["[1]", "[2]"]);
        document.Problems[0].Message.ShouldStartWith("2:31: not JSON");
        document.Problems[1].Message.ShouldStartWith("3:2: a number");
        document.PlaceOf(1).ShouldBe("[3]");
        Write("openai-chat", document, Only(document, 1))
            .ShouldBe("[{\"role\":\"user\",\"content\":\"raw\ttab\"},\n 7, {\"role\":\"assistant\",\"content\":\"b\"}]");
        Write("openai-chat", document, All(document)).ShouldBe(Json);
    }

    [Fact]
    public void Read_MoreBehindTheDocument_ReportsAndKeepsIt()
    {
        const string Json = "[{\"role\":\"user\",\"content\":\"a\"}]\n{}";
        var document = Read("openai-chat", Json);

        document.Problems.Single().Place.ShouldBe("2:1");
        Write("openai-chat", document, [New(ChatRole.User, "b")]).ShouldBe("[{\"role\":\"user\",\"content\":\"b\"}]\n{}");
    }

    [Fact]
    public void Read_ListGivenTwice_TakesTheLastAndReportsIt()
    {
        var document = Read("openai-chat", """{"messages":[{"role":"user","content":"old"}],"messages":"""
            + """[{"role":"user","role":"assistant","content":"x","content":"new"}]}""");

        SummariesOf(document).ShouldBe(["assistant: new"]);
        document.Problems.Single().Place.ShouldBe("messages");
        Write("openai-chat", document, Replace(document, 0, 0, new TextContent("newer"))).ShouldBe(
            """{"messages":[{"role":"user","content":"old"}],"messages":"""
                + """[{"role":"user","role":"assistant","content":"x","content":"newer"}"""
                + """]}""");
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_ReadAsReplacementAndReported()
    {
        byte[] json = [.. """{"messages":[{"role":"user","content":"ok"},{"role":"user","content":"a"""u8, 0xFF, .. "\"}]}"u8];
        var document = Read("openai-chat", json);

        document.Messages[1].Text.ShouldBe("a\ufffd");
        document.Problems.Single().Place.ShouldBe("messages[1]");
        WriteBytes("openai-chat", document, All(document)).ShouldBe(json);
    }

    [Fact]
    public void Read_LoneSurrogates_StayInTextsAndNeverReachElements()
    {
        const string Json =
            """[{"role":"user","content":"x\ud800y"},{"role":"assistant","content":[{"type":"odd","z":"\udc00\ud83d\ude80"}"""
            + """],"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"p\":\"\\ud800\"}"}}]}]""";
        var document = Read("openai-chat", Json);

        document.Messages[0].Text.ShouldBe("x\ud800y");
        ((JsonElement)document.Messages[1].Contents[0].RawRepresentation!).GetProperty("z").GetString().ShouldBe("\ufffd🚀");
        ((JsonElement)((FunctionCallContent)document.Messages[1].Contents[1]).Arguments!["p"]!).GetString().ShouldBe("\ufffd");
        Write("openai-chat", document, Replace(document, 0, 0, new TextContent("z\udfff\n🚀")))
            .ShouldStartWith("""[{"role":"user","content":"z\udfff\n🚀"},""");
    }

    [Fact]
    public void Read_DeepNesting_IsKeptAsText()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        var json = $$$$$$$"""{"x":{{{{{{{deep}}}}}}},"messages":[{"role":"user","content":[{"type":"odd","z":{{{{{{{deep}}}}}}}}]},"""
            + $$$$$$$"""{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":{"p":{{{{{{{deep}}}}}}}}}}]}]}""";
        var document = Read("openai-chat", json);

        ((JsonElement)document.Messages[0].Contents[0].RawRepresentation!).ValueKind.ShouldBe(JsonValueKind.String);
        ((FunctionCallContent)document.Messages[1].Contents[0]).Arguments!["$raw"].ShouldBe($$$$$$$"""{"p":{{{{{{{deep}}}}}}}}""");
        Write("openai-chat", document, Only(document, 1))
            .ShouldEndWith(
                $$$$$$$"""[{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":{"p":{{{{{{{deep}}}}}}}}}}]}]"""
                    + $$$$$$$"""}""");
    }

    [Fact]
    public void Read_ContentOfAnotherKind_IsKeptAndReported()
    {
        foreach (var format in (string[])["openai-chat", "openai-responses", "anthropic", "ollama"])
        {
            var list = format is "openai-responses" ? "input" : "messages";
            var json = "{\"" + list
                + "\":[{\"role\":\"user\",\"content\":{\"a\":1}},{\"role\":\"user\",\"content\":null},{\"role\":\"user\"},{\"role\":\"user\",\"content\":\"\"}]}";
            var document = Read(format, json);

            document.Problems.Single().Place.ShouldBe(list + "[0].content", format);
            document.Messages.Count.ShouldBe(4);
            document.Messages.Skip(1).ShouldAllBe(static message => message.Contents.Count == 0);
            Write(format, document, All(document)).ShouldBe(json);
        }
    }

    [Fact]
    public async Task ReadAsync_StreamThatCannotSeekAndGivesFewBytes_ReadsAll()
    {
        var json = Bytes("[{\"role\":\"user\",\"content\":\"" + new string('x', 3_000_000) + "\"}]");
        await using var stream = new TricklingStream(json);
        var document = await Format("openai-chat").ReadAsync(stream, TestContext.Current.CancellationToken);

        document.Messages[0].Text.Length.ShouldBe(3_000_000);
        WriteBytes("openai-chat", document, All(document)).ShouldBe(json);
    }

    private sealed class TricklingStream(byte[] bytes) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var length = Math.Min(Math.Min(count, 70_001), bytes.Length - _position);
            bytes.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
            _position += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
