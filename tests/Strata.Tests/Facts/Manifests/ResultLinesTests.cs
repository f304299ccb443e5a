using Strata.Facts.Manifests;

namespace Strata.Tests.Facts.Manifests;

public class ResultLinesTests
{
    [Theory]
    [InlineData("feature/dates\n", "feature/dates")]
    [InlineData("...\n131 passed, 2 skipped in 3.1s\n", "131 passed, 2 skipped in 3.1s")]
    [InlineData("Restoring\nBuild succeeded.\n    0 Warning(s)\n", "Build succeeded.")]
    [InlineData("Creating pull request\nhttps://example.org/me/app/pull/17\n", "https://example.org/me/app/pull/17")]
    [InlineData("VITE ready\n  Local: http://localhost:5173/\n  press h for help", "Local: http://localhost:5173/")]
    [InlineData("To example.org:me/app\n   1a2b3c4..5d6e7f8  dates -> dates\n", "1a2b3c4..5d6e7f8  dates -> dates")]
    [InlineData("a.cs\nb.cs\nc.cs", null)]
    [InlineData("", null)]
    public void Outcome_OfACommand_IsItsOnlyLineOrItsVerdict(string result, string? line) => ResultLines.Outcome(result).ShouldBe(line);

    [Fact]
    public void FirstError_Traceback_IsTheErrorAndNotItsHead() =>
        ResultLines.FirstError("Exit code 1\nTraceback (most recent call last):\n  File \"a.py\", line 1\nKeyError: 'leap'")
            .ShouldBe("KeyError: 'leap'");

    [Fact]
    public void FirstError_LineOfMegabytes_IsSkipped() =>
        ResultLines.FirstError(new string('x', 10_000) + " error\nfatal: bad revision").ShouldBe("fatal: bad revision");
}
