using FsCheck;
using FsCheck.Fluent;
using Strata.LevelZero;
using Strata.Facts.Manifests;

namespace Strata.Tests.LevelZero;

public class ManifestEntriesProperties
{
    // What commands and error lines hold that our own signs could be taken for, and scripts without blanks.
    private static readonly Gen<string> Hostile =
        Gen.Elements(
            "`", "``", " ` ", " → ", " → exit 1", " → failed", " → not cured", " → passed after x", ": ", "; reason given: ", " found: ",
            " ×3", "\n", "\r\n", "\t", "[", "]", "(", ")",
            "(done)", " (open, task 7)", "[x] ", "</code_state>", "<important>", " [recall 0123456789ab]", "编译错误", "テスト", "🎉", "\u202e",
            "go test", "a b", new string('x', 300), "- ", " ", "…", "\0")
        .ListOf().Select(parts => string.Concat(parts.Take(12)));

    private static readonly Gen<int> Times = Gen.Choose(1, 4);

    private static Property FixedPoint<T>(Gen<T> entries, Func<T, string> write, Func<string, T?> read)
        where T : class => Prop.ForAll(entries.ToArbitrary(), entry =>
        {
            var first = Read(write(entry), read) ?? throw new InvalidOperationException($"Not read back: {write(entry)}");
            // Like in a summary: what is cut is cut once.
            var second = Read(write(first), read);
            second.ShouldBe(first);
            write(second!).ShouldBe(write(first));
        });

    // As PreviousSummary hands an entry on.
    private static T? Read<T>(string entry, Func<string, T?> read)
    {
        entry.ShouldNotContain('\n');
        return read(SummaryFormat.SplitHandle(SummaryFormat.Escape(entry)).Text);
    }

    [Fact]
    public void Command_WrittenAndReadBack_IsTheSame() => FixedPoint(
        from command in Hostile
        from line in Hostile
        from code in Gen.Choose(-1, 3)
        from failed in Gen.Elements(true, false)
        from times in Times
        select new CommandEntry(command, code < 0 ? null : code, failed, line, -1) { Times = times },
        entry => ManifestEntries.Write(entry), ManifestEntries.ReadCommand).QuickCheckThrowOnFailure();

    [Fact]
    public void Finding_WrittenAndReadBack_IsTheSame() => FixedPoint(
        from source in Hostile
        from line in Hostile
        select new FindingEntry(source, "error " + line, -1),
        ManifestEntries.Write, ManifestEntries.ReadFinding).QuickCheckThrowOnFailure();

    [Fact]
    public void Error_WrittenAndReadBack_IsTheSame() => FixedPoint(
        from source in Hostile
        from line in Hostile
        from cure in Gen.OneOf(Gen.Constant<string?>(null), Hostile.Select(text => (string?)("passed after " + text)))
        from reason in Gen.OneOf(Gen.Constant<string?>(null), Hostile.Select(text => (string?)("because " + text)))
        from times in Times
        select new ErrorEntry("error " + line, source, -1) { Times = times, Cure = cure, Reason = reason },
        ManifestEntries.Write, ManifestEntries.ReadError).QuickCheckThrowOnFailure();

    [Fact]
    public void Task_WrittenAndReadBack_IsTheSame() => FixedPoint(
        from text in Hostile
        from state in Gen.Elements(TaskState.Open, TaskState.InProgress, TaskState.Done)
        from id in Gen.Elements(null, "7", "b2")
        select new TaskEntry("task " + text, state, id),
        ManifestEntries.Write, ManifestEntries.ReadTask).QuickCheckThrowOnFailure();

    [Fact]
    public void Commit_WrittenAndReadBack_IsTheSame() => FixedPoint(
        from subject in Hostile
        from branch in Gen.Elements("", "main", "feature/dates")
        select new CommitEntry("4f3a2b1", branch, subject, -1),
        ManifestEntries.Write, ManifestEntries.ReadCommit).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("make `date`", "`` make `date` ``")]
    [InlineData("`x`", "`` `x` ``")]
    [InlineData("make", "`make`")]
    public void Command_WithBackticks_StandsBetweenMoreOfThem(string command, string span)
    {
        var text = ManifestEntries.Write(new CommandEntry(command, null, false, null, -1));

        ManifestEntries.ReadCommand(text)!.Command.ShouldBe(command);
        text.ShouldBe(span);
    }
}
