using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using FsCheck;
using Strata.Reducing.Code;
using Strata.Reducing;

namespace Strata.Tests.Reducing;

/// <summary>What holds for every reducer that keeps lines: whatever it is given, and however wrong the guess of its kind.</summary>
public abstract class LineReducerContract
{
    private static readonly string[] Pool =
    [
        "func Load(path string) error {", "\treturn fmt.Errorf(\"cannot load %s: %w\", path, err)", "}", "", "class Store:", "    def get(self, key):", "        \"\"\"Gets it.\"\"\"",
        "    12→    public int Count { get; }", "    13→", "import os", "const MAX_TRIES = 3;", "// TO" + "DO: later", "# A heading", "Some prose. And more of it.", "key: value", "  nested: 3",
        "src/a.cs:12:    Use(a);", "src/a.cs-13-    {", "src/b/c.cs:7:public class Use", "--", "44:    Use(b);", "src/b/c.cs", "diff --git a/x.cs b/x.cs", "--- a/x.cs", "+++ b/x.cs",
        "@@ -1,4 +1,5 @@ class X", "+    added();", "-    removed();", " same", "-rw-r--r-- 1 me me 12 Nov 21 10:00 notes.txt", "├── src", "│   └── a.cs", "\tmodified:   src/a.cs", "?? new.txt",
        "src/deep/er/file1.json", "src/deep/er/file2.json", "… 3 lines", "… 2 more: 4, 5", "x.cs (+1 −2)", "half \uD83D of a pair", "\uDE00", "日本語の行です。次の文。", "a: 2 hits", "\r",
    ];

    private protected abstract IReducer Reducer { get; }

    /// <summary>What the call says, so that the reducer takes the text for its own.</summary>
    private protected abstract ToolOutput Call(string text);

    /// <summary>A text of this kind, long enough to be reduced.</summary>
    private protected abstract string Sample { get; }

    /// <summary>The parts of a reduced line that are from the text; none where it is a note of our own.</summary>
    private protected abstract IEnumerable<string> KeptParts(string line);

    [Fact]
    public void Reduce_ItsOwnKind_IsSmallerAndSaysSo()
    {
        var reduced = Reducer.Reduce(Call(Sample), int.MaxValue).ShouldNotBeNull();
        reduced.Length.ShouldBeLessThan(Sample.Length / 2);
        reduced.ShouldContain("…");
    }

    [Fact]
    public void Reduce_AnyLines_KeepsTheContract() => Prop.ForAll(Texts(), Gen.Choose(0, 3000).ToArbitrary(), (text, room) =>
    {
        Check(text, int.MaxValue);
        Check(text, room);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));

    [Fact]
    public void Reduce_ItsOwnKindToAnySize_KeepsTheContract()
    {
        for (var room = 0; room <= Sample.Length; room += 37)
            Check(Sample, room);
        Check(Sample, int.MaxValue);
    }

    [Fact]
    public void Reduce_MegabytesInOneLine_Ends()
    {
        foreach (var piece in (string[])["a/", "((((", "\"", "a b ", "-1-", "\uD83D", "public "])
            Check(new StringBuilder().Insert(0, piece, 5_000_000 / piece.Length).ToString(), int.MaxValue, again: false);
    }

    [Fact]
    public void Reduce_HalfAMillionShortLines_Ends()
    {
        foreach (var line in (string[])["x", "def f():", "a/b:1:x", "7:x", "a/b", "@@ -1 +1 @@", "diff --git a/x b/x", "/*", "f("])
            Check(string.Concat(Enumerable.Repeat(line + "\n", 500_000)), int.MaxValue, again: false);
        Check(string.Concat(Enumerable.Range(0, 300_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"d{i}/f{i}.c:{i}:x{i}\n"))), int.MaxValue, again: false);
    }

    private protected void Check(string text, int room, bool again = true)
    {
        if (Reducer.Reduce(Call(text), room) is not { } reduced)
            return;
        reduced.Length.ShouldBeLessThan(text.Length);
        reduced.Length.ShouldBeLessThanOrEqualTo(room);
        if (!again)
            return;
        foreach (var line in reduced.Split('\n'))
        {
            foreach (var part in KeptParts(line))
                text.Contains(part, StringComparison.Ordinal).ShouldBeTrue(part);
        }

        var twice = Reducer.Reduce(Call(reduced), int.MaxValue);
        (twice is null || twice == reduced).ShouldBeTrue(reduced + "\n=====\n" + twice);
    }

    private static Arbitrary<string> Texts()
    {
        var line = Gen.Choose(0, Pool.Length - 1).SelectMany(i => Gen.Choose(0, 6), (i, times) => string.Concat(Enumerable.Repeat(Pool[i] + "\n", times * times)));
        return Arb.From(Gen.Sized(size => line.ArrayOf(size).Select(lines => string.Concat(lines))));
    }
}
