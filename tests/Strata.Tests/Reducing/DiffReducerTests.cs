using Strata.Reducing;
using Strata.Reducing.Changes;

namespace Strata.Tests.Reducing;

public sealed class DiffReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new DiffReducer();

    private protected override string Sample { get; } =
        """
        commit 1f3d5a7b9c
        Author: A Person

            Read leap days

        diff --git a/src/Dates.cs b/src/Dates.cs
        index 1..2 100644
        --- a/src/Dates.cs
        +++ b/src/Dates.cs
        @@ -10,6 +10,40 @@ public static class Dates
             same
        -    public static int Days(int year)
        +    public static int Days(int year, bool leap)

        """ + string.Concat(Enumerable.Range(0, 60).Select(i => $"+        total += Part({i});\n same {i}\n")) +
        """
        +    private const int MaxYear = 9999;
        diff --git a/package-lock.json b/package-lock.json
        --- a/package-lock.json
        +++ b/package-lock.json
        @@ -1,2 +1,30 @@

        """ + string.Concat(Enumerable.Range(0, 40).Select(i => $"+    \"left-pad-{i}\": \"1.{i}.0\",\n")) +
        """
        diff --git a/old.txt b/new.txt
        similarity index 100%
        rename from old.txt
        rename to new.txt
        diff --git a/logo.png b/logo.png
        deleted file mode 100644
        Binary files a/logo.png and /dev/null differ
        """;

    private protected override string[] Planted =>
        ["Read leap days", "+    public static int Days(int year, bool leap)", "rename to new.txt"];

    private protected override bool LeavesItsOwnAlone => true;

    private protected override ToolOutput Call(string text) => new(text, "Bash", "git show");

    private protected override IEnumerable<string> KeptParts(string line)
    {
        var counts = line.IndexOf(" (+", StringComparison.Ordinal);
        return line.StartsWith("… ", StringComparison.Ordinal) ? []
            : [counts >= 0 && line.Contains(" −", StringComparison.Ordinal) ? line[..counts] : line];
    }

    [Fact]
    public void Reduce_Commit_SaysPerFileWhatChanged() => Reducer.Reduce(Call(Sample), int.MaxValue).ShouldBe(
        """
        commit 1f3d5a7b9c
        Author: A Person

            Read leap days

        src/Dates.cs (+62 −1)
        @@ -10,6 +10,40 @@ public static class Dates
        -    public static int Days(int year)
        +    public static int Days(int year, bool leap)
        +        total += Part(0);
        +        total += Part(1);
        +        total += Part(2);
        +        total += Part(3);
        +        total += Part(4);
        +        total += Part(5);
        … 54 changed lines
        +    private const int MaxYear = 9999;
        package-lock.json (+40 −0) … 1 hunk
        new.txt (+0 −0)
        similarity index 100%
        rename from old.txt
        rename to new.txt
        logo.png (+0 −0)
        deleted file mode 100644
        Binary files a/logo.png and /dev/null differ
        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Reduce_TwoCommitsWithPatches_KeepsBothSubjects()
    {
        var reduced = Reducer.Reduce(
            Call(Sample[..Sample.IndexOf("diff --git a/package-lock", StringComparison.Ordinal)] + "commit 77aa\n\n    Second subject\n\n"
                + Sample), int.MaxValue);
        reduced.ShouldNotBeNull().ShouldContain("    Read leap days");
        reduced.ShouldContain("commit 77aa\n\n    Second subject");
    }

    [Fact]
    public void Reduce_NoDiff_IsOfNoKind() =>
        Reducer.Reduce(
            Call(Sample.Replace("diff --git", "file", StringComparison.Ordinal).Replace("+++ ", "to ", StringComparison.Ordinal)),
            int.MaxValue).ShouldBeNull();
}
