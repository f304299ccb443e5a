using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Strata.Reducing;

namespace Strata.Tests.Reducing;

/// <summary>
/// What holds for every reducer, whatever it is given and however wrong the guess of its kind: the remarks of <see cref="IReducer"/>, one
/// by one.
/// </summary>
public abstract partial class ReducerContract
{
    // What telling and reducing may allocate for each char of the text, in bytes, and beside that. Lines of one char cost most: each has a
    // place, a rank, and where a pattern names its parts a match.
    private const int MostBytesPerChar = 1_000;
    private const long FixedBytes = 2_000_000;

    private const int ShortestWord = 4;

    private static readonly string[] Pool =
    [
        "func Load(path string) error {", "\treturn fmt.Errorf(\"cannot load %s: %w\", path, err)", "}", "", "class Store:",
        "    def get(self, key):", "        \"\"\"Gets it.\"\"\"",
        "    12→    public int Count { get; }", "    13→", "import os", "const MAX_TRIES = 3;", "// TO" + "DO: later", "# A heading",
        "Some prose. And more of it.", "key: value", "  nested: 3",
        "src/a.cs:12:    Use(a);", "src/a.cs-13-    {", "src/b/c.cs:7:public class Use", "--", "44:    Use(b);", "src/b/c.cs",
        "diff --git a/x.cs b/x.cs", "--- a/x.cs", "+++ b/x.cs",
        "@@ -1,4 +1,5 @@ class X", "+    added();", "-    removed();", " same", "-rw-r--r-- 1 me me 12 Nov 21 10:00 notes.txt",
        "├── src", "│   └── a.cs", "\tmodified:   src/a.cs", "?? new.txt",
        "src/deep/er/file1.json", "src/deep/er/file2.json", "… 3 lines", "… 2 more: 4, 5", "x.cs (+1 −2)", "half \uD83D of a pair",
        "\uDE00", "日本語の行です。次の文。", "a: 2 hits", "\r",
        "2026-03-01 10:00:00 INFO served 12 requests", "ERROR disk 7 failed", "\tat com.shop.Cart.add(Cart.java:7)",
        "{\"id\":1,\"s\":\"x\"}", "[", "]", "{\"a\":", "\"", "|a|b|", "|---|---|", "1,2,3",
        "NAME   READY   STATUS", "a      1/1     ok", "<html><p>", "</p>", "&amp;", "--- FAIL: TestX (0.1s)", "--- PASS: TestY (0.1s)",
        "=== RUN TestX", "1 passed in 0.1s", "50%\r", "[9 tokens cut; recall 0123456789ab]",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
    ];

    private static readonly string[] Pieces = ["a/", "((((", "\"", "a b ", "-1-", "\uD83D", "public ", "[", "{\"a\":\"",
        "{\"k\":[{\"k\":[", "<a href=\"", "<script <!-- ", "x", "日本"];

    private static readonly string[] Lines =
        ["x", "def f():", "a/b:1:x", "7:x", "a/b", "@@ -1 +1 @@", "diff --git a/x b/x", "/*", "f(", "| a |", "|a|b|\n|---|---|", "a,b",
            "at a.b(C.java:1)", "  at a.b(C.java:1)", "NAME     SIZE   STATUS", "--- FAIL: T/x (1s)", "{\"a\":1}"];

    private protected abstract IReducer Reducer { get; }

    internal string NameOfReducer => Reducer.GetType().Name;

    /// <summary>A text of this kind, at least twice as long as what is left of it.</summary>
    private protected abstract string Sample { get; }

    /// <summary>
    /// What of the sample tells of a failure, is odd, or has a name that the call asked for: it stays word for word at natural size.
    /// </summary>
    private protected abstract string[] Planted { get; }

    /// <summary>What the call says, so that the reducer takes the text for its own.</summary>
    private protected virtual ToolOutput Call(string text) => new(text);

    /// <summary>
    /// The parts of a reduced line that are from the text; none where it is a note of our own, or where the kind writes the text anew.
    /// </summary>
    private protected virtual IEnumerable<string> KeptParts(string line) => [];

    /// <summary>Whether a text that this reducer wrote is of no kind to it, or stays as it is.</summary>
    private protected virtual bool LeavesItsOwnAlone => false;

    /// <summary>The text without the marks of its format, which may go unsaid.</summary>
    private protected virtual string Visible(string text) => text;

    /// <summary>Lines that are hard for this kind, from their place in the text.</summary>
    private protected virtual Func<int, string>? Hostile => null;

    [Fact]
    public void Kind_OfAnyReducer_IsAWordThatAMarkerCanSay() => Reducer.Kind.ShouldMatch(@"\A[a-z]{1,12}\z");

    [Fact]
    public void Detect_ItsOwnKind_IsTheSurest()
    {
        var found = Reducers.Find(Call(Sample)).ShouldNotBeNull();
        found.Reducer.Kind.ShouldBe(Reducer.Kind);
        found.Natural.ShouldBe(Reducer.Reduce(Call(Sample), int.MaxValue));
    }

    [Fact]
    public void Reduce_ItsOwnKind_KeepsFailuresAndWhatTheCallAskedFor()
    {
        var reduced = Reducer.Reduce(Call(Sample), int.MaxValue).ShouldNotBeNull();
        reduced.Length.ShouldBeLessThan(Sample.Length / 2);
        Planted.ShouldNotBeEmpty();
        foreach (var planted in Planted)
            reduced.ShouldContain(planted);
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
    public void Reduce_InAnyCulture_IsTheSame()
    {
        var (before, reduced) = (CultureInfo.CurrentCulture, Reducer.Reduce(Call(Sample), int.MaxValue));
        // Made by hand, since machines without ICU know the invariant culture only.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var numbers = culture.NumberFormat;
        (numbers.NumberGroupSeparator, numbers.NumberDecimalSeparator, numbers.NegativeSign) = ("'", ",", "−");
        try
        {
            CultureInfo.CurrentCulture = culture;
            Reducer.Reduce(Call(Sample), int.MaxValue).ShouldBe(reduced);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Reduce_AnyRepeatedText_AllocatesInProportionToIt()
    {
        foreach (var piece in Pieces.Concat(Lines.Select(line => line + "\n")))
            CheckWork(chars => string.Concat(Enumerable.Repeat(piece, chars / piece.Length)), piece);
        CheckWork(chars => Numbered(chars / 20, HitInItsOwnFile), "hits in files of their own");
        if (Hostile is { } hostile)
            CheckWork(chars => Numbered(chars / 20, hostile), "the kind's own");
    }

    [Fact]
    public void Reduce_MegabytesInOneLine_Ends()
    {
        foreach (var piece in Pieces)
            Check(new StringBuilder().Insert(0, piece, 2_000_000 / piece.Length).ToString(), int.MaxValue, again: false);
    }

    [Fact]
    public void Reduce_HundredThousandsOfShortLines_Ends()
    {
        foreach (var line in Lines)
            Check(string.Concat(Enumerable.Repeat(line + "\n", 200_000)), int.MaxValue, again: false);
        Check(Numbered(200_000, HitInItsOwnFile), int.MaxValue, again: false);
        if (Hostile is { } hostile)
            Check(Numbered(200_000, hostile), int.MaxValue, again: false);
    }

    private static string HitInItsOwnFile(int i) => string.Create(CultureInfo.InvariantCulture, $"d{i}/f{i}.c:{i}:x{i}");

    private static string Numbered(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    // Four times the text may cost four times the memory, and half as much again for lists that double; no text may cost more than a bound
    // for each of its chars. The first call pays for what is made once.
    private void CheckWork(Func<int, string> create, string name)
    {
        const int Chars = 60_000;
        Bytes(create(1_000));
        var (small, large) = (Bytes(create(Chars)), Bytes(create(4 * Chars)));
        large.ShouldBeLessThan((small * 6) + FixedBytes, $"of {name}, four times the text");
        large.ShouldBeLessThan((4L * Chars * MostBytesPerChar) + FixedBytes, $"of {name}");
    }

    // The least of five: a pool that a collection has emptied meanwhile is filled again by whoever comes first.
    private long Bytes(string text)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var output = Call(text);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Reducer.Detect(output);
            Reducer.Reduce(output, int.MaxValue);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private protected void Check(string text, int room, bool again = true)
    {
        var certainty = Reducer.Detect(Call(text));
        certainty.ShouldBeInRange(0, 1);
        if (Reducer.Reduce(Call(text), room) is not { } reduced)
            return;
        certainty.ShouldBeGreaterThan(0, "what is of no kind is not reduced");
        reduced.Length.ShouldBeLessThan(text.Length);
        reduced.Length.ShouldBeLessThanOrEqualTo(room);
        if (!again)
            return;
        Reducer.Reduce(Call(text), room).ShouldBe(reduced);
        if (Missing(Visible(text), reduced) is { } word)
            Says().IsMatch(reduced).ShouldBeTrue($"\"{word}\" was left out of\n{text}\n===== and not a word of it in\n{reduced}");
        foreach (var line in reduced.Split('\n'))
        {
            foreach (var part in KeptParts(line))
                text.Contains(part, StringComparison.Ordinal).ShouldBeTrue(part);
        }

        if (!LeavesItsOwnAlone)
            return;
        var twice = Reducer.Reduce(Call(reduced), int.MaxValue);
        (twice is null || twice == reduced).ShouldBeTrue(reduced + "\n=====\n" + twice);
    }

    private static string? Missing(string text, string reduced)
    {
        var left = Word().Matches(reduced).Select(word => word.Value).ToHashSet(StringComparer.Ordinal);
        return Word().Matches(text).Select(word => word.Value).FirstOrDefault(word => word.Length >= ShortestWord && !left.Contains(word));
    }

    private static Arbitrary<string> Texts()
    {
        var line = Gen.Choose(0, Pool.Length - 1)
            .SelectMany(i => Gen.Choose(0, 6), (i, times) => string.Concat(Enumerable.Repeat(Pool[i] + "\n", times * times)));
        return Arb.From(Gen.Sized(size => line.ArrayOf(size).Select(lines => string.Concat(lines))));
    }

    [GeneratedRegex(@"[A-Za-z0-9]+")]
    private static partial Regex Word();

    // Every note of ours: a gap, a count of what is alike or was left out, data that was described.
    [GeneratedRegex(
        @"…|left out|\(\+[\d,]+ alike\)|\[[^\]\n]+, [\d,]+ chars\]|as above\]|hunks?\b|\(\+[\d,]+ −[\d,]+\)|\bin /|\d+ files? \(")]
    private static partial Regex Says();
}
