using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Json;

public sealed partial class BodyFaultTests
{
    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_CutAnywhere_KeepsEveryWholeElementAndWritesValidJson(string format, string fixture)
    {
        var bytes = SessionFixture.Bytes(fixture);
        var whole = Read(format, bytes);
        var ends = ((Strata.Formats.Json.BodyDocument)whole).Body.Elements.ConvertAll(static element => element.End);
        for (var length = 1; length < bytes.AsSpan().TrimEnd((byte)'\n').Length; length += 3)
        {
            var cut = bytes[..length];
            SessionDocument document;
            try
            {
                document = Read(format, cut);
            }
            catch (SessionFormatException e)
            {
                ends[0].ShouldBeGreaterThan(length, e.Message);
                continue;
            }

            var complete = ends.Count(end => end <= length);
            document.Messages.Count.ShouldBeInRange(complete, complete + 1);
            SessionFixture.Canonical(document.Messages.Take(complete)).ShouldBe(SessionFixture.Canonical(whole.Messages.Take(complete)));
            document.Problems.Count(static problem => problem.Message.Contains("ends in the middle", StringComparison.Ordinal)).ShouldBe(1);
            WriteBytes(format, document, All(document)).ShouldBe(cut);

            var written = Write(format, document, [.. All(document), New(ChatRole.User, "note")]);
            Parse(written.TrimStart('\ufeff'));
            Read(format, written).Messages.Count.ShouldBe(document.Messages.Count + 1);
        }
    }

    [Fact]
    public void Read_CutInsideAText_KeepsTheTextSoFar()
    {
        var document = Read("openai-chat", """[{"role":"user","content":"one"},{"role":"assistant","content":"half a sen""");

        SummariesOf(document).ShouldBe(["user: one", "assistant: half a sen"]);
        document.Problems.Single().Place.ShouldBe("1:75");
        Write("openai-chat", document, Only(document, 1)).ShouldBe("""[{"role":"assistant","content":"half a sen"}]""");
    }

    [Theory]
    [InlineData("\"half \\ud8", "half ")]
    [InlineData("\"half \\", "half ")]
    [InlineData("\"half \\\\", "half \\")]
    [InlineData("\"half ", "half ")]
    public void Read_CutInsideAnEscape_CutsTheEscape(string content, string text) =>
        Read("openai-chat", """[{"role":"user","content":""" + content).Messages[0].Text.ShouldBe(text);

    [Fact]
    public void Read_CutInsideACharacter_CutsTheCharacter()
    {
        byte[] json = [.. """[{"role":"user","content":"half """u8, 0xF0, 0x9F, 0x9A];

        Read("openai-chat", json).Messages[0].Text.ShouldBe("half ");
    }
}
