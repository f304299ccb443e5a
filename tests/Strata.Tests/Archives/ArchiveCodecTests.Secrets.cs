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
    private const string Secret = "ghp_a8Zk2LmQ9xR4tV7wY1bC3dE5fG6hJ0kNpQsT";

    [Fact]
    public void Encode_SecretsInEveryPlace_AreReplacedByTheSamePlaceholder()
    {
        var message = new ChatMessage(ChatRole.Assistant,
        [
            new TextContent($"the key is {Secret}."),
            new TextReasoningContent($"I use {Secret} now"),
            new FunctionCallContent(
                "c", "f",
                new Dictionary<string, object?>
                {
                    ["a"] = Secret,
                    ["j"] = Json($"{{\"deep\":[\"x {Secret}\"]}}"),
                    ["m"] = new Dictionary<string, object?> { ["k"] = Secret },
                    ["p"] = new Poco(Secret, 1)
                }),
            new FunctionResultContent("c", new List<AIContent> { new TextContent(Secret) }),
            new UriContent($"https://example.com/?k={Secret}", "text/html"),
            new ErrorContent($"denied: {Secret}"),
            new AIContent { RawRepresentation = Json($"{{\"type\":\"t\",\"v\":\"{Secret}\"}}") },
        ])
        {
            AdditionalProperties = new() { ["header"] = Secret },
        };
        var (json, count) = new ArchiveCodec().Encode(message);
        var text = Encoding.UTF8.GetString(json.Span);
        text.ShouldNotContain(Secret);
        count.ShouldBe(11);
        var placeholder = text[text.IndexOf(
            "[secret:", StringComparison.Ordinal)..(text.IndexOf(']', text.IndexOf("[secret:", StringComparison.Ordinal)) + 1)];
        (text.Split(placeholder).Length - 1).ShouldBe(11);
        ArchiveCodec.Decode(json.Span).Text.ShouldBe($"the key is {placeholder}.");
        var (open, none) = new ArchiveCodec(redactSecrets: false).Encode(message);
        (Encoding.UTF8.GetString(open.Span).Contains(Secret), none).ShouldBe((true, 0));
    }

    [Fact]
    public void Encode_PasswordThatTheStructureNames_IsReplaced()
    {
        var message = new ChatMessage(ChatRole.Assistant,
        [
            new FunctionCallContent("c", "login",
                new Dictionary<string, object?>
                {
                    ["user"] = "ann",
                    ["password"] = "hunter2secret",
                    ["db"] = Json("{\"Password\":\"hunter2secret\",\"port\":5432}")
                }),
            new FunctionResultContent("c", "ann logged in with password=hunter2secret"),
        ]);
        var (json, count) = new ArchiveCodec().Encode(message);
        Encoding.UTF8.GetString(json.Span).ShouldNotContain("hunter2secret");
        count.ShouldBe(3);
        var call = ArchiveCodec.Decode(json.Span).Contents[0].ShouldBeOfType<FunctionCallContent>();
        call.Arguments!["user"].ShouldBe("ann");
        ((JsonElement)call.Arguments["db"]!).GetProperty("Password").GetString().ShouldBe((string)call.Arguments["password"]!);
        ((JsonElement)call.Arguments["db"]!).GetProperty("port").GetInt32().ShouldBe(5432);
    }

    [Fact]
    public void Encode_IdsNamesSealsAndMedia_StayAsTheyAre()
    {
        var message = new ChatMessage(ChatRole.Assistant,
        [
            new TextReasoningContent("") { ProtectedData = Secret },
            new FunctionCallContent(Secret, Secret),
            new DataContent(Encoding.UTF8.GetBytes(Secret), "text/plain"),
            new AIContent { RawRepresentation = Json($"{{\"type\":\"thinking\",\"signature\":\"{Secret}\"}}") },
        ]);
        var (json, count) = new ArchiveCodec().Encode(message);
        count.ShouldBe(0);
        FingerprintOf(ArchiveCodec.Decode(json.Span)).ShouldBe(FingerprintOf(message));
    }

    [Fact]
    public void Encode_RedactorThatFails_WithholdsTheTextAndGoesOn()
    {
        var codec = new ArchiveCodec((string? _, string text, out int count) =>
            (count = 0) == 0 && text.Contains("bad") ? throw new InvalidOperationException() : text);
        var (json, count) = codec.Encode(new ChatMessage(ChatRole.User, [new TextContent("bad text"), new TextContent("good text")]));
        count.ShouldBe(1);
        var copy = ArchiveCodec.Decode(json.Span);
        ((TextContent)copy.Contents[0]).Text.ShouldStartWith("[withheld");
        ((TextContent)copy.Contents[1]).Text.ShouldBe("good text");
    }
}
