using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Calls;

namespace Strata.Tests.Calls;

public sealed class ReasonTextTests
{
    [Theory]
    [InlineData("Incorrect API key provided: sk-proj-Ab12Cd34Ef56. See the docs.", "sk-proj-Ab12Cd34Ef56")]
    [InlineData("Incorrect API key provided: sk-abcd****wxyz.", "wxyz")]
    [InlineData("Authorization: Bearer 0123abcd.ef-gh", "0123abcd")]
    [InlineData("{\"api_key\": \"hunter2hunter2\"}", "hunter2")]
    [InlineData("x-api-key=abcd1234efgh", "abcd1234")]
    [InlineData("GET https://host/v1?key=AIzaSyA1b2C3d4 failed", "AIzaSyA1b2C3d4")]
    [InlineData("https://user:passw0rd@host:8080/v1 refused", "passw0rd")]
    [InlineData("key 9f86d081884c7d659a2feaa0c55ad015 is unknown", "9f86d081884c7d65")]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX1a2 said no", "XXXXXXXXXXXXXXXXXXXXXXXX1a2")]
    [InlineData("token ghp_16C7e42F292c6912E7 expired", "16C7e42F")]
    public void Clean_AnythingLikeAKey_IsMasked(string reason, string key) => ReasonText.Clean(reason).ShouldSatisfyAllConditions(
        text => text.ShouldNotContain(key),
        text => (text.Contains("***", StringComparison.Ordinal) || text.Contains("[secret:", StringComparison.Ordinal)).ShouldBeTrue(text));

    [Theory]
    [InlineData("model 'qwen2.5:32b' not found, try pulling it first: ollama pull qwen2.5:32b")]
    [InlineData("claude-sonnet-4-5-20250929: max_tokens: 9000 > 8192, which is the maximum")]
    [InlineData("Connection refused (192.168.85.158:11434)")]
    [InlineData("the answer lacks 3 of 5 paths, among them src/Strata.Cli/Commands/CompactCommand.cs")]
    public void Clean_NamesAndNumbers_Stay(string reason) => ReasonText.Clean(reason).ShouldBe(reason);

    [Fact]
    public void Clean_LongReasonOfManyLines_IsOneShortLine()
    {
        var text = ReasonText.Clean("first\r\n\tsecond\u200b " + string.Concat(Enumerable.Repeat("😀 ", 400)));
        text.ShouldStartWith("first second 😀");
        text.Length.ShouldBeLessThanOrEqualTo(300);
        text.ShouldEndWith("…");
        char.IsHighSurrogate(text[^2]).ShouldBeFalse();
    }

    [Fact]
    public void Clean_TextThatWasSent_IsLeftOut()
    {
        ChatMessage[] sent = [new(ChatRole.User, "Our acquisition of Initech closes on Friday,\nand nobody outside the board may know.")];
        var reason = ReasonText.Clean("HTTP 400: invalid content \"Our acquisition of Initech closes on Friday,\\nand nobody outside the "
            + "board may know.\" at messages[0]", sent);
        reason.ShouldStartWith("HTTP 400: invalid content");
        reason.ShouldEndWith("at messages[0]");
        foreach (var word in (string[])["acquisition", "Initech", "Friday", "nobody", "board"])
            reason.ShouldNotContain(word);
    }

    [Fact]
    public void Clean_AnyTextAroundAnySecret_NeverTellsIt() => Prop.ForAll(
        Gen.Elements("sk-", "Bearer ", "api_key=", "AIza", "ghp_").ToArbitrary(),
        Gen.Elements("abcdefgh12345678ijklmnop".ToCharArray()).ArrayOf(24).ToArbitrary(), ArbMap.Default.ArbFor<NonNull<string>>(),
        (prefix, secret, around) => !ReasonText.Clean($"{around.Get} {prefix}{new string(secret)} {around.Get}")
            .Contains(new string(secret), StringComparison.Ordinal)).QuickCheckThrowOnFailure();
}
