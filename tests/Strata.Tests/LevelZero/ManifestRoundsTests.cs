using System.Globalization;
using Strata.LevelZero;
using Strata.Tests.Summaries;

namespace Strata.Tests.LevelZero;

public class ManifestRoundsTests
{
    private const int Limit = 1500;

    // A summary is never larger than what it covers.
    private static readonly string LongFile = string.Concat(Enumerable.Repeat("   12→ nothing to see\n", 500));

    // One round of work on top of what the summary before tells.
    private static SessionBuilder Round(string? summary, int round)
    {
        var session = new SessionBuilder();
        if (summary is not null)
            session.User(summary);
        return session
            .User(string.Create(
                CultureInfo.InvariantCulture, $"Go on with part {round} of the calendar and keep all tests green while you do."))
            .Tool("TaskCreate", new { subject = $"Move calendar part {round} to the new rules" }, $"Task #{round + 1} created successfully")
            .Tool("Read", new { file_path = $"/app/part{round}/rules.go" }, LongFile)
            .Tool("Bash", new { command = $"go test ./part{round} 2>&1 | tail -5" }, $"Exit code 1\n--- FAIL: TestPart{round} (0.20s)")
            .Tool("Edit", new { file_path = $"/app/part{round}/rules.go", old_string = "a", new_string = "b" }, "ok")
            .Tool("Bash", new { command = $"go test ./part{round}" }, "ok  app/part 0.3s")
            .Tool("Bash", new { command = "make deploy" }, "Exit code 2\nfatal: no such host: calendar.example.org")
            .Tool("TaskUpdate", new { taskId = (round + 1).ToString(CultureInfo.InvariantCulture), status = "completed" }, "ok")
            .Tool("TaskUpdate", new { taskId = "1", status = "pending" }, "ok");
    }

    [Fact]
    public void Summarize_FiftyRounds_ManifestStaysBoundedAndTrue()
    {
        string? summary = null;
        for (var round = 0; round < 50; round++)
            summary = Round(summary, round).Summarize(Limit).Text;

        var tasks = Block(summary!, SummaryFormat.Tasks);
        tasks.Count(task => task.Contains("(open", StringComparison.Ordinal)).ShouldBe(1);
        tasks.ShouldContain("- [x] Move calendar part 49 to the new rules (done, task 50)");
        tasks.ShouldContain("- [ ] Move calendar part 0 to the new rules (open, task 1)");
        var more = tasks.Single(task => task.Contains("more done", StringComparison.Ordinal));
        ManifestEntries.ReadMore(more[2..]).Done.ShouldBe(50 - tasks.Count + 1);
        Block(summary!, SummaryFormat.Errors).ShouldContain("- `make deploy` ×50: fatal: no such host: calendar.example.org → not cured");
        Block(summary!, SummaryFormat.Errors)
            .ShouldContain("- `go test ./part49`: --- FAIL: TestPart49 (0.20s) → passed after Edit part49/rules.go");
        Block(summary!, SummaryFormat.Commands).ShouldContain("- `make deploy` ×50 → exit 2");
    }

    [Fact]
    public void Summarize_ManyTasks_OpenStayAndTheOldestDoneAreCounted()
    {
        var todos = Enumerable.Range(0, 200)
            .Select(i => new { content = $"Step number {i} of the long plan", status = i % 50 == 0 ? "pending" : "completed" });
        var session = SessionBuilder.Typical(6).Tool("TodoWrite", new { todos }, "ok");

        var tasks = Block(session.Summarize(Limit).Text, SummaryFormat.Tasks);

        tasks.Count(task => task.EndsWith("(open)", StringComparison.Ordinal)).ShouldBe(4);
        tasks.ShouldContain("- [x] Step number 199 of the long plan (done)");
        tasks.ShouldNotContain("- [x] Step number 1 of the long plan (done)");
        tasks[0].ShouldBe(string.Create(CultureInfo.InvariantCulture, $"- [x] … {200 - tasks.Count + 1} more done"));
    }

    private static List<string> Block(string text, string label) =>
        [.. text.Split('\n').SkipWhile(line => line != label).Skip(1).TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal))];
}
