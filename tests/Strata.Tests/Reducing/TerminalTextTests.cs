using Strata.Reducing.Logs;

namespace Strata.Tests.Reducing;

public class TerminalTextTests
{
    [Theory]
    [InlineData("\u001b[32mok\u001b[0m done", "ok done")]
    [InlineData("10%\r50%\r100%\ndone\r\nend", "100%\ndone\r\nend")]
    [InlineData("\u001b]0;title\aline", "line")]
    [InlineData("ab\bc", "ac")]
    public void Plain_Terminal_ShowsWhatIsSeenInTheEnd(string text, string plain) =>
        TerminalText.Plain(text).ReplaceLineEndings("\n").ShouldBe(plain.ReplaceLineEndings("\n"));
}
