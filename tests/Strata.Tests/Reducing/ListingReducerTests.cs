using Strata.Reducing;
using Strata.Reducing.Lines;
using Strata.Reducing.Searches;

namespace Strata.Tests.Reducing;

public sealed class ListingReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new ListingReducer();

    private protected override string Sample { get; } =
        string.Concat(Enumerable.Range(0, 90).Select(i => $"/home/me/app/src/Planning/Strategy{i}.cs\n"))
            + "/home/me/app/src/Planning/README.md\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"/home/me/app/tests/data/case-{i}.json\n")) + "/home/me/app/LICENSE\n";

    private protected override string[] Planted => ["README.md", "LICENSE", "in /home/me/app/"];

    private protected override bool LeavesItsOwnAlone => true;

    private protected override ToolOutput Call(string text) => new(text, "Bash", "find . -type f; ls -lR; git status");

    private protected override IEnumerable<string> KeptParts(string line)
    {
        if (RankedLines.IsNote(line))
            return [];
        var names = line.IndexOf(": ", StringComparison.Ordinal);
        return names > 0 && line.Contains("files (", StringComparison.Ordinal) ? line[(names + 2)..].Split(", ").Where(name => name != "…")
            : [];
    }

    [Fact]
    public void Reduce_Paths_SaysFoldersOnceAndKeepsTheOddName()
    {
        var reduced = Reducer.Reduce(Call(Sample), int.MaxValue).ShouldNotBeNull();
        reduced.Split('\n').Length.ShouldBe(4);
        reduced.ShouldStartWith("in /home/me/app/\nsrc/Planning/ 91 files (90 .cs, 1 .md): Strategy0.cs, ");
        reduced.ShouldContain("README.md, …\ntests/data/ 60 files (60 .json): case-0.json");
        reduced.ShouldEndWith("\n./: LICENSE");
    }

    [Fact]
    public void Reduce_LongListing_KeepsTheOddAndTheNewest()
    {
        var text = "total 80\n"
            + string.Concat(Enumerable.Range(10, 70)
                .Select(i => $"-rw-r--r--  1 me me  512 Jan  {1 + (i % 9)} 10:{i % 60:00} run-{i}.log\n"))
            + "-rw-r--r--  1 me me  99 Jan  2 10:00 notes.md\n-rw-r--r--  1 me me  512 Mar 21 23:10 run-80.log\n"
            + string.Concat(Enumerable.Range(81, 9).Select(i => $"-rw-r--r--  1 me me  512 Jan  1 10:00 run-{i}.log\n"));
        var reduced = Reducer.Reduce(Call(text), int.MaxValue).ShouldNotBeNull();
        foreach (var kept in (string[])["total 80", "notes.md", "run-10.log", "run-80.log", "run-89.log"])
            reduced.ShouldContain(kept);
        reduced.ShouldNotContain("run-44.log");
    }

    [Fact]
    public void Reduce_GitStatus_KeepsEveryStateAndTheOddFile()
    {
        var text = "On branch main\n\nChanges not staged for commit:\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"\tmodified:   src/Planning/Strategy{i}.cs\n"))
            + "\tdeleted:    src/Planning/Old.cs\n\nUntracked files:\n\tscratch/notes.md\n";
        var reduced = Reducer.Reduce(Call(text), int.MaxValue).ShouldNotBeNull();
        foreach (var kept in (string[])["On branch main", "Strategy0.cs", "deleted:    src/Planning/Old.cs", "Untracked files:",
            "scratch/notes.md"])
            reduced.ShouldContain(kept);
    }

    [Fact]
    public void Reduce_FewLines_IsLeftAlone() => Reducer.Reduce(Call("a/b.cs\na/c.cs\n"), int.MaxValue).ShouldBeNull();
}
