using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Strata.Reducing;
using Strata.Reducing.Logs;
using Strata.Reducing.Shortening;
using Strata.Tests.Properties;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Reducing;

public class ToolOutputReducersProperties
{
    private static readonly CharCounter Counter = new(2);

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(2));

    private static readonly Handle Original = Handle.Of(new Fingerprint(7, 7));

    // Pieces of every kind, whole and broken, in any order.
    private static readonly Gen<string> Pieces = Gen.Elements(
        "2026-03-01 10:00:00 INFO served 12 requests\n", "ERROR disk 7 failed\n", "\tat com.shop.Cart.add(Cart.java:7)\n",
        "{\"id\":1,\"s\":\"x\"}", "[", "]", "{\"a\":", "\"", ",", "\n",
        "NAME   READY   STATUS\n", "a      1/1     ok\n", "|a|b|\n|---|---|\n", "1,2,3\n", "<html><p>", "</p>", "&amp;",
        "--- FAIL: TestX (0.1s)\n", "--- PASS: TestY (0.1s)\n", "=== RUN TestX\n",
        "1 passed in 0.1s\n", "\ud83d", "\udc00", "日本語のログ\n", "\u001b[31m", "50%\r", "12→code\n", "[9 tokens cut; recall 0123456789ab]\n",
        "[json reduced, 9 tokens cut; recall 0123456789ab]\n", new string('x', 300));

    private static readonly Gen<string> Texts =
        from pieces in Pieces.ListOf()
        from repeat in Gen.Choose(1, 40)
        select string.Concat(Enumerable.Repeat(string.Concat(pieces), repeat));

    private static readonly Gen<(string Text, int Max)> Cases = Texts.SelectMany(_ => Gen.Choose(28, 400), (text, max) => (text, max));

    private static string Shorten(string text, int max) =>
        OutputShortener.Shorten(new ToolOutput(text, "Bash", "make 12ab5"), max, Counter, Original);

    [Fact]
    public void Shorten_AnyOutput_StaysBelowTheLimitAndNeverGrows() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var tokens = Counter.Count(Shorten(test.Text, test.Max));
        return tokens <= test.Max && tokens <= Counter.Count(test.Text);
    }).Check(Runs);

    [Fact]
    public void Shorten_AgainAtTheSameLimit_IsTheSame() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var once = Shorten(test.Text, test.Max);
        return ReferenceEquals(Shorten(once, test.Max), once);
    }).Check(Runs);

    [Fact]
    public void Shorten_Further_KeepsTheOneHandle() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        var twice = OutputShortener.Shorten(new ToolOutput(Shorten(text, 200)), 40, Counter, Handle.Of(new Fingerprint(9, 9)));
        // A text that fits was not shortened before, so it has no handle of ours to keep.
        return Counter.Count(text) <= 200 || CutMarker.Parse(text) is not null
            || CutMarker.Parse(twice) is { } parts && parts.Handle == Original;
    }).Check(Runs);

    [Fact]
    public void Find_AnyLog_KeepsEveryFailure() => Prop.ForAll(Gen.Choose(0, 199).ListOf(12).ToArbitrary(), places =>
    {
        var text = Reduced.Lines(
            200, i => places.Contains(i) ? $"10:00:{i % 60:00} ERROR job {i} failed: code {i * 31}"
                : $"10:00:{i % 60:00} INFO job {i} done in {i % 9} ms");
        var natural = Reduced.As("log", text);
        return places.All(i => natural.Contains($"ERROR job {i} failed: code {i * 31}", StringComparison.Ordinal));
    }).Check(Runs);

    [Fact]
    public void Reduce_EveryKind_StaysBelowTheCharsItIsGiven() => Prop.ForAll(Cases.ToArbitrary(), test =>
        Reducers.Find(new ToolOutput(test.Text)) is not var (reducer, _)
            || reducer.Reduce(new ToolOutput(test.Text), test.Max) is not { } reduced || reduced.Length <= test.Max)
        .Check(Runs);

    [Fact]
    public void Find_MegabytesOfHostileText_Ends()
    {
        foreach (var piece in (string[])["[", "{\"a\":\"", "<a href=\"", "| a |\n", "\u001b[", "a,b\n", "x", "at a.b(C.java:1)\n",
            "{\"k\":[{\"k\":["])
        {
            var text = new StringBuilder().Insert(0, piece, 300_000 / piece.Length).ToString();
            (Reducers.Find(new ToolOutput(TerminalText.Plain(text)))?.Natural.Length ?? 0).ShouldBeLessThan(text.Length);
        }
    }
}
