using Microsoft.Extensions.AI;
using Strata.Facts.Manifests;

namespace Strata.Tests.Facts.Manifests;

public class FailureTests
{
    private const string TestFailed = "Exit code 1\n--- FAIL: TestLeap (0.20s)\n    leap_test.go:12: error: want 29, got 28";

    private readonly ManifestBuilder _builder = new();
    private int _calls;

    private FailureTests Run(string command, string result = "") => Call("Bash", new() { ["command"] = command }, result);

    private FailureTests Edit(string path) =>
        Call("Edit", new() { ["file_path"] = path, ["old_string"] = "x", ["new_string"] = "y" }, "The file was updated.");

    private FailureTests Call(string tool, Dictionary<string, object?> arguments, string result)
    {
        var id = $"c{++_calls}";
        _builder.Read(new FunctionCallContent(id, tool, arguments), _calls);
        _builder.Read(new FunctionResultContent(id, result), result, _calls);
        return this;
    }

    private ErrorEntry Failure => _builder.Build().Errors.ShouldHaveSingleItem();

    [Fact]
    public void Failure_SameCommandPassesAfterAnEdit_TellsWhatCuredIt()
    {
        Run("go test ./dates", TestFailed).Edit("/app/dates/leap.go").Run("go test ./dates", "ok");

        Failure.ShouldBe(new ErrorEntry("--- FAIL: TestLeap (0.20s)", "go test ./dates", 1) { Cure = "passed after Edit dates/leap.go" });
    }

    [Theory]
    [InlineData("go test ./dates -run TestLeap", "go test ./dates 2>&1 | tail -3", true)]
    [InlineData("go test ./dates -run TestLeapYear", "go test ./dates -run TestLeap", true)]
    [InlineData("go test ./dates", "cd /app && go test ./... -count=1", true)]
    [InlineData("go vet ./dates && go test ./dates", "go test ./dates", true)]
    [InlineData("pytest tests/a.py", "pytest", true)]
    [InlineData("go test ./dates", "go test ./dates -run TestLeap", false)]
    [InlineData("go test ./dates", "go test ./times", false)]
    [InlineData("pytest", "pytest tests/a.py", false)]
    [InlineData("npm test", "npm run lint", false)]
    [InlineData("make", "cat make", false)]
    public void Failure_OtherCommandPasses_IsCuredWhereThatCoversIt(string failed, string passed, bool cured)
    {
        Run(failed, TestFailed).Run(passed, "done");

        (Failure.Cure is not null).ShouldBe(cured);
    }

    [Fact]
    public void Failure_PassesOnlyThroughAFilterThatShowsErrors_IsNotCured()
    {
        Run("make lint", TestFailed).Run("make lint | grep leap", "leap.go:3: error: unused variable");

        Failure.Cure.ShouldBeNull();
    }

    [Fact]
    public void Failure_SameCallWithOneArgumentMorePasses_IsCured()
    {
        Call("refund", new() { ["order"] = "AK-1" }, "Error: 409 Conflict: no idempotency key")
            .Call("refund", new() { ["order"] = "AK-1", ["key"] = "k1" }, "accepted");

        Failure.Cure.ShouldBe("passed as `refund order: AK-1, key: k1`");
    }

    [Fact]
    public void Failure_OtherFlagsPass_TellsTheCommand()
    {
        Run("git push", "fatal: The current branch dates has no upstream branch.").Run("bd close 4", "Closed")
            .Run("git push -u origin dates", "ok");

        Failure.Cure.ShouldBe("passed as `git push -u origin dates`");
    }

    [Fact]
    public void Failure_TheLineAsksForACommand_ThatIsTheCure()
    {
        Run("git commit -m x", "Pre-commit hook failed: run 'mix format' to fix").Run("bd close 4", "Closed").Run("mix format")
            .Run("git commit -m x", "[main 4f3a2b1] x");

        Failure.Cure.ShouldBe("passed after `mix format`");
    }

    [Fact]
    public void Failure_ManyEdits_TheFileInTheLineIsNamed()
    {
        Run("make", "Exit code 2\nsrc/main.c:3: error: expected ';'").Edit("/app/src/main.c").Edit("/app/a.md").Edit("/app/b.md")
            .Edit("/app/c.md").Run("make", "done");

        Failure.Cure.ShouldBe("passed after Edit src/main.c");
    }

    [Fact]
    public void Failure_SameCommandFailsOtherwise_TheFirstIsGone()
    {
        Run("make", "Exit code 2\nsrc/main.c:3: error: expected ';'").Edit("/app/src/main.c")
            .Run("make", "Exit code 2\nsrc/util.c:9: error: no member x");

        _builder.Build().Errors.Select(error => error.Cure).ShouldBe(["gone after Edit src/main.c", null]);
    }

    [Fact]
    public void Failure_Again_IsOneEntryWithACount()
    {
        Run("go test ./dates", TestFailed).Run("go test ./dates", TestFailed.Replace("0.20", "0.31", StringComparison.Ordinal));

        (Failure.Times, Failure.Group, Failure.Cure).ShouldBe((2, 2, null));
    }

    [Fact]
    public void Failure_AssistantSaysWhySoonAfter_KeepsThatSentence()
    {
        Run("go test ./dates", TestFailed);
        _builder.ReadText("Let me look. The issue is that the century rule is missing. I will add it.", 2);
        _builder.ReadText("The problem is something else entirely.", 3);

        Failure.Reason.ShouldBe("The issue is that the century rule is missing.");
    }

    [Fact]
    public void Failure_AssistantTalksMuchLater_IsNoReason()
    {
        Run("go test ./dates", TestFailed);
        _builder.ReadText("The issue is that the century rule is missing.", 50);

        Failure.Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("mise run lint | tail -20", "a.go:15: Error return value is not checked (errcheck)\n1 issues:\n* errcheck: 1")]
    [InlineData("./app explain | head -5", "loading\nfailed to parse the summary: unexpected end of JSON input")]
    public void Failure_PipeHidesTheExitCode_IsReadFromTheOutput(string command, string result)
    {
        Run(command, result);

        Failure.Cure.ShouldBeNull();
    }

    [Fact]
    public void Failure_CarriedFromASummary_IsCuredLater()
    {
        _builder.Carry(new ErrorEntry("error: no member x", "make all", -1));
        Run("make all", "done");

        Failure.Cure.ShouldBe("passed when run again");
    }
}
