using System.Text;
using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.Json;

public sealed class BodyDetectionTests
{
    [Theory]
    [InlineData("[{\"role\":\"user\",\"content\":\"hi\"}]", "openai-chat")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "openai-chat")]
    [InlineData("{\"model\":\"gpt-4o\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "openai-chat")]
    [InlineData("[{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"hi\"}]", "openai-chat")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]", "openai-chat")]
    [InlineData("{\"model\":\"claude-3-5-haiku\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "openai-chat")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"system\":\"be brief\"}", "anthropic")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}]}]", "anthropic")]
    [InlineData("{\"anthropic_version\":\"bedrock-2023-05-31\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "anthropic")]
    [InlineData("{\"model\":\"llama3\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"images\":[\"AQID\"]}]}", "ollama")]
    [InlineData("{\"model\":\"llama3\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"options\":{\"num_ctx\":4096}}", "ollama")]
    [InlineData(
        "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}]", "ollama")]
    [InlineData("[{\"role\":\"tool\",\"content\":\"x\",\"tool_name\":\"f\"}]", "ollama")]
    [InlineData("{\"model\":\"gpt-5\",\"input\":\"hi\"}", "openai-responses")]
    [InlineData("{\"model\":\"gpt-5\",\"input\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "openai-responses")]
    [InlineData("{\"object\":\"response\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}]}", "openai-responses")]
    [InlineData("[{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"f\",\"arguments\":\"{}\"}]", "openai-responses")]
    public void Detect_Body_FindsItsVendor(string json, string format) =>
        SessionFormats.Detect(Encoding.UTF8.GetBytes(json))?.Name.ShouldBe(format);

    [Fact]
    public void Detect_MessagesWithoutRoles_AreNobodys() =>
        SessionFormats.Detect("""{"title":"chat","messages":[{"id":"2","body":[{"type":"text","text":"hi"}]}]}"""u8).ShouldBeNull();

    [Theory]
    [InlineData("{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"hi\"}}\n{\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":[]}}\n")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}\n{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}\n")]
    [InlineData("{\"timestamp\":\"t\",\"type\":\"response_item\",\"payload\":{\"type\":\"message\",\"role\":\"user\",\"content\":[]}}")]
    [InlineData("{\"role\":\"user\",\"content\":\"hi\"}\n{\"role\":\"assistant\",\"content\":\"yo\"}")]
    [InlineData("[{\"id\":1}]")]
    [InlineData("[[1],{}]")]
    [InlineData("# a text\n")]
    public void Detect_AnythingElse_ScoresZero(string text)
    {
        foreach (var name in (string[])["openai-chat", "openai-responses", "anthropic", "ollama"])
            BodyTesting.Format(name).Detect(Encoding.UTF8.GetBytes(text)).ShouldBe(0, name);
    }

    [Theory]
    [InlineData("openai-chat", "chat-request.json")]
    [InlineData("openai-responses", "responses-request.json")]
    [InlineData("anthropic", "anthropic-request.json")]
    [InlineData("ollama", "ollama-request.json")]
    public void Detect_HeadCutInsideTheMessages_FindsTheVendor(string format, string fixture)
    {
        var bytes = SessionFixture.Bytes(fixture);
        for (var length = bytes.Length / 2; length < bytes.Length; length += 7)
            SessionFormats.Detect(bytes.AsSpan(0, length))?.Name.ShouldBe(format, $"{length}");
    }

    [Fact]
    public void Detect_HeadThatEndsBeforeTheMessages_GoesByTheNamesSoFar()
    {
        SessionFormats.Detect("{\"model\":\"m\",\"max_tokens\":5,\"system\":\"very lo"u8)?.Name.ShouldBe("anthropic");
        SessionFormats.Detect("{\"model\":\"m\",\"max_tokens\":5,\"system\":\"long\",\"tools\":[{\"name\":\"f\",\"input_schema\":{"u8)
            ?.Name.ShouldBe("anthropic");
        SessionFormats.Detect("{\"model\":\"m\",\"instructions\":\"long\",\"tools\":[{"u8)?.Name.ShouldBe("openai-responses");
        SessionFormats.Detect("{\"model\":\"m\",\"tools\":[{\"type\":\"function\",\"function\":{"u8)?.Name.ShouldBe("openai-chat");
    }
}
