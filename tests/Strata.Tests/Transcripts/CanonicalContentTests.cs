using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Transcripts;

public sealed class CanonicalContentTests
{
    [Fact]
    public void Of_DifferentHostedFiles_Differs() =>
        Of(new HostedFileContent("file-A")).ShouldNotBe(Of(new HostedFileContent("file-B")));

    [Theory]
    [InlineData("assistant", true)]
    [InlineData("tool", true)]
    [InlineData("user", false)]
    public void Of_MessageThatIsGivenAnAuthor_DiffersOnlyForPeople(string role, bool isSame)
    {
        var named = CanonicalContent.Of(new ChatMessage(new ChatRole(role), "Done.") { AuthorName = "auditor" });
        (named == CanonicalContent.Of(new ChatMessage(new ChatRole(role), "Done."))).ShouldBe(isSame);
    }

    [Fact]
    public void Of_OneTextThatLooksLikeTwo_Differs() =>
        Of(new TextContent("a\u001ftext\u001fb")).ShouldNotBe(Of(new TextContent("a"), new TextContent("b")));

    [Theory]
    [InlineData("""{ "text": "\\ud83d", "rest": "all of this is counted and read" }""")]
    [InlineData("""{ "\\ud83d": "a name of half a pair", "rest": "all of this is counted and read" }""")]
    [InlineData("\"\\ud83d\"")]
    public void Of_HalfASurrogatePair_IsReadAndCounted(string json)
    {
        var value = JsonDocument.Parse(json.Replace("\\\\", "\\", StringComparison.Ordinal)).RootElement;
        Of(new FunctionResultContent("a", value)).ShouldNotBe(Of(new FunctionResultContent("a", "")));
        new MessageCounter(CharsPerTokenCounter.Instance).CountContent(new FunctionResultContent("a", value)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Of_ArgumentThatHasNoJson_IsReadAndCounted()
    {
        var call = new FunctionCallContent("a", "f", new Dictionary<string, object?> { ["x"] = double.NaN, ["y"] = new string('z', 400) });
        Of(call).ShouldNotBe(Of(new FunctionCallContent("a", "f")));
        new MessageCounter(CharsPerTokenCounter.Instance).CountContent(call).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Count_UnknownBlock_CountsItsJson()
    {
        var block = new AIContent
        {
            RawRepresentation = JsonSerializer.SerializeToElement(new { type = "document", data = new string('x', 4000) })
        };
        new MessageCounter(CharsPerTokenCounter.Instance).CountContent(block).ShouldBeGreaterThan(1000);
    }

    private static Fingerprint Of(params AIContent[] contents) =>
        Transcript.Create([new ChatMessage(ChatRole.User, [.. contents])]).Fingerprint;
}
