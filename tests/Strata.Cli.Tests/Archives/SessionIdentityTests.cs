using System.Text;
using Strata.Cli.Archives;

namespace Strata.Cli.Tests.Archives;

public sealed class SessionIdentityTests
{
    [Theory]
    [InlineData("claude-code", "{\"type\":\"file-history-snapshot\"}\nnot json\n{\"sessionId\":\"5e55\",\"type\":\"user\"}\n", "5e55")]
    [InlineData("claude-code", "{\"sessionId\":\"5e55\",\"agentId\":\"a1\",\"isSidechain\":true}\n", "5e55/a1")]
    [InlineData("codex", "{\"type\":\"session_meta\",\"payload\":{\"id\":\"c0de\"}}", "c0de")]
    [InlineData("pi", "{\"type\":\"session\",\"id\":\"31\"}\n{\"type\":\"message\",\"id\":\"other\"}\n", "31")]
    [InlineData("claude-code", "{\"sessionId\":7}\n[1]\n", null)]
    [InlineData("openai-chat", "{\"sessionId\":\"5e55\"}", null)]
    public void Of_File_IsTheNameThatTheAgentGave(string format, string file, string? expected) =>
        SessionIdentity.Of(format, Encoding.UTF8.GetBytes(file)).ShouldBe(expected);

    [Fact]
    public void Of_NameLongerThanAnArchiveTakes_IsNone() =>
        SessionIdentity.Of("pi", Encoding.UTF8.GetBytes($"{{\"type\":\"session\",\"id\":\"{new string('x', 201)}\"}}")).ShouldBeNull();
}
