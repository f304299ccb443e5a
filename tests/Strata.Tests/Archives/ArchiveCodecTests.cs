using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Tests.Properties;
using Strata.Transcripts;

namespace Strata.Tests.Archives;

public sealed partial class ArchiveCodecTests
{
    public static TheoryData<string, object?> Values => new()
    {
        { "null", null }, { "string", "text" }, { "empty", "" }, { "half pair", "a\ud800b" }, { "pair", "😀" }, { "NUL", "a\0b" },
        { "number", 1.50 }, { "long", long.MaxValue },
        { "NaN", double.NaN }, { "decimal", 1.10m }, { "bool", true }, { "json string", Json("\"x\"") },
        { "json half pair", Json("\"\\ud83d\"") }, { "json null", Json("null") },
        { "json", Json("{ \"b\" : 1.0, \"a\": [ \"\\u00fc\", \"\\uDC00\", 1e5 ], \"a\": 2 }") },
        { "json half pair in name", Json("{\"\\ud800\":1}") },
        { "map", new Dictionary<string, object?> { ["z"] = 1, ["a"] = new Dictionary<string, object?> { ["k"] = "v" } } },
        { "map of half pairs",
            new Dictionary<string, object?>
            {
                ["\udc00"] = "\ud800",
                ["in"] = new Dictionary<string, object?> { ["k"] = "\ud800", ["j"] = Json("\"\\ud83d\"") }
            } },
        { "map of json half pair", new Dictionary<string, object?> { ["k"] = Json("\"\\ud83d\"") } },
        { "list", new List<object?> { 1, "two", null } }, { "strings", new[] { "a", "\ud800" } }, { "record", new Poco("n", 3) },
        { "node", JsonNode.Parse("{\"a\":[1]}") },
        { "bytes", new byte[] { 1, 2 } }, { "time", DateTimeOffset.UnixEpoch }, { "cycle", Cycle() },
        { "content", new TextContent("t") }, { "content with data", new DataContent("data:image/svg+xml,%3Csvg%2F%3E") },
        { "contents", new List<AIContent> { new TextContent("t"), new TextContent("\ud800") } },
        { "content array", new AIContent[] { new TextContent("t"), new DataContent(new byte[] { 1 }, "image/png") } },
        { "texts", new[] { new TextContent("t") } },
        { "contents with properties", new List<AIContent> { new TextContent("t") { AdditionalProperties = new() { ["p"] = 1.0 } } } },
        { "no contents", new List<AIContent>() }, { "error content", new ErrorContent("e") },
    };

    [Theory, MemberData(nameof(Values))]
    public void Decode_AnyResultOrArgument_HasTheSameFingerprint(string what, object? value)
    {
        ShouldComeBack(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", value)]), what);
        ShouldComeBack(
            new ChatMessage(ChatRole.Assistant,
                [new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["a"] = value, ["b\ud800"] = "\ud800" })]), what);
        ShouldComeBack(
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["a"] = value })]),
            what);
    }

    public static TheoryData<string, AIContent> Contents => new()
    {
        { "text", new TextContent("a\0b\ud800\u2028\r\n\"\\") }, { "no text", new TextContent(null) },
        { "reasoning", new TextReasoningContent("r") }, { "sealed", new TextReasoningContent("") { ProtectedData = "c2ln" } },
        { "call", new FunctionCallContent("", "f") },
        { "call without arguments", new FunctionCallContent("c", "f", new Dictionary<string, object?>()) },
        { "result", new FunctionResultContent("c", null) },
        { "data", new DataContent(ReadOnlyMemory<byte>.Empty, "image/png") },
        { "named data", new DataContent("data:text/plain;charset=utf-8,hello") { Name = "n" } },
        { "uri", new UriContent("HTTPS://Example.com/ä b", "image/*") },
        { "error", new ErrorContent("e") { Details = "d", ErrorCode = "c", AdditionalProperties = new() { ["p"] = 1.0 } } },
        { "null error", new ErrorContent(null) }, { "file", new HostedFileContent("f") },
        { "store", new HostedVectorStoreContent("v") }, { "usage", new UsageContent(new UsageDetails { InputTokenCount = 3 }) },
        { "nothing", new AIContent() },
        { "opaque", new AIContent { RawRepresentation = Json("{ \"type\" : \"x\",\n \"half\": \"\\ud83d\" }") } },
        { "file of a provider", new HostedFileContent("f") { RawRepresentation = Json("{ \"a\" : 1 }") } },
        { "foreign", new OwnContent { Value = 3 } }, { "foreign with raw", new OwnContent { RawRepresentation = Json("[ 1 ]") } },
        { "foreign without JSON", new LoopContent() },
        { "raw object", new AIContent { RawRepresentation = new object() } },
    };

    [Theory, MemberData(nameof(Contents))]
    public void Decode_AnyContent_HasTheSameFingerprint(string what, AIContent content)
    {
        var copy = ShouldComeBack(new ChatMessage(ChatRole.Assistant, [content, new TextContent("behind")]), what);
        // What came back can be kept again.
        ShouldComeBack(copy, what);
        MessageText.Of(copy.Contents[0])
            .ShouldBe(content is OwnContent or LoopContent ? MessageText.Of(copy.Contents[0]) : MessageText.Of(content));
    }

    [Fact]
    public void Decode_AnyConversation_HasTheSameFingerprints() => Prop.ForAll(GeneratedConversations.Steps(), steps =>
    {
        foreach (var message in GeneratedConversations.Build(steps))
            ShouldComeBack(message, "a step");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_AnyTexts_ComeBackCharByChar() => Prop.ForAll<string[]>(texts =>
    {
        foreach (var text in texts.Where(text => text is not null))
            ShouldComeBack(
                new ChatMessage(
                    ChatRole.User,
                    [new TextContent(text), new FunctionCallContent(text, text, new Dictionary<string, object?> { [text] = text })]), text)
                .Text.ShouldBe(text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_WhatBelongsToTheMessage_IsKept()
    {
        var message = new ChatMessage(ChatRole.User, "t")
        {
            AuthorName = "Ann \ud800", MessageId = "m", CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(-7)),
            AdditionalProperties =
                new() { ["s"] = "x", ["n"] = 1.5, ["o"] = new Poco("p", 1), ["none"] = null, ["action"] = new Action(() => { }) },
        };
        message.Contents[0].AdditionalProperties = new() { ["k\ud800"] = "v" };
        message.Contents[0].Annotations = [new CitationAnnotation { Title = "cited" }];
        var copy = ShouldComeBack(message, "message");
        (copy.AuthorName, copy.MessageId, copy.CreatedAt).ShouldBe((message.AuthorName, message.MessageId, message.CreatedAt));
        var properties = copy.AdditionalProperties.ShouldNotBeNull();
        properties["s"].ShouldBe("x");
        ((JsonElement)properties["n"]!).GetDouble().ShouldBe(1.5);
        ((JsonElement)properties["o"]!).GetRawText().ShouldContain("\"p\"");
        properties["none"].ShouldBeNull();
        properties.ContainsKey("action").ShouldBeFalse();
        copy.Contents[0].AdditionalProperties!["k\ud800"].ShouldBe("v");
        copy.Contents[0].Annotations.ShouldHaveSingleItem().ShouldBeOfType<CitationAnnotation>().Title.ShouldBe("cited");
    }

    [Fact]
    public void Encode_HugeText_ComesBack()
    {
        var text = string.Concat(Enumerable.Repeat("line of \"text\" ü 😀\n", 500_000));
        ArchiveCodec.Decode(new ArchiveCodec().Encode(new ChatMessage(ChatRole.User, text)).Json.Span).Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"role\":\"user\"}")]
    [InlineData("{\"role\":\"user\",\"contents\":[{}]}")]
    [InlineData("{\"role\":\"user\",\"contents\":{}}")]
    [InlineData("{\"role\":3,\"contents\":[]}")]
    public void Decode_OtherBytes_ThrowsFormatException(string json) =>
        Should.Throw<FormatException>(() => ArchiveCodec.Decode(Encoding.UTF8.GetBytes(json)));

    private static ChatMessage ShouldComeBack(ChatMessage message, string what)
    {
        var encoded = new ArchiveCodec(redactSecrets: false).Encode(message);
        using (JsonDocument.Parse(encoded.Json, new JsonDocumentOptions { MaxDepth = 1_000 }))
        {
            var copy = ArchiveCodec.Decode(encoded.Json.Span);
            FingerprintOf(copy).ShouldBe(FingerprintOf(message), what);
            copy.Role.ShouldBe(message.Role);
            copy.Text.ShouldBe(message.Text);
            return copy;
        }
    }

    private static Fingerprint FingerprintOf(ChatMessage message) => Transcript.Create([message]).MessageFingerprint(0);

    private static JsonElement Json(string json) => JsonElement.Parse(json);

    private static List<object> Cycle()
    {
        var cycle = new List<object>();
        cycle.Add(cycle);
        return cycle;
    }

    public sealed record Poco(string Name, int Number);

    private sealed class OwnContent : AIContent
    {
        public int Value { get; set; }
    }

    private sealed class LoopContent : AIContent
    {
        public LoopContent Self => this;
    }

}
