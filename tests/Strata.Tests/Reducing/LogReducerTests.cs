using System.Globalization;
using Strata.Reducing;
using Strata.Reducing.Lines;
using Strata.Reducing.Logs;

namespace Strata.Tests.Reducing;

public class LogReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new LogReducer();

    private protected override string Sample { get; } = Reduced.Lines(300, i => i == 120
        ? "2026-03-01T10:02:00Z ERROR charge ch_9f3 declined"
        : i == 200 ? "2026-03-01T10:03:20Z INFO flag new-cart switched on" : Usual(i) + $" trace t{i}xyz");

    private protected override string[] Planted =>
        ["ERROR charge ch_9f3 declined", "flag new-cart switched on", Usual(77) + " trace t77xyz"];

    private protected override ToolOutput Call(string text) => new(text, "Bash", "kubectl logs shop | grep t77xyz");

    private protected override Func<int, string> Hostile => i => $"error: {(char)('a' + (i % 26))}{i:X} failed at {i}";

    private static string Usual(int i) =>
        string.Create(
            CultureInfo.InvariantCulture, $"2026-03-01T10:{i / 60:00}:{i % 60:00}Z INFO GET /items/{i * 37} 200 in {20 + (i % 9)} ms");

    [Fact]
    public void Reduce_Log_KeepsFailuresWithTheirStackAndWhatHasNoLike()
    {
        var text = Reduced.Lines(400, i => i switch
        {
            120 => "2026-03-01T10:02:00Z ERROR charge ch_9f3 declined\n    at com.shop.Payments.charge(Payments.java:118)",
            200 => "2026-03-01T10:03:20Z INFO flag new-cart switched on",
            300 => "2026-03-01T10:05:00Z INFO GET /items/11100 200 in 48210 ms",
            _ => Usual(i),
        });

        var reduced = Reduced.As("log", text);

        reduced.ShouldBe($"""
            {Usual(0)}  (+397 alike)
            {Usual(1)}
            [… 118 lines]
            2026-03-01T10:02:00Z ERROR charge ch_9f3 declined
                at com.shop.Payments.charge(Payments.java:118)
            [… 79 lines]
            2026-03-01T10:03:20Z INFO flag new-cart switched on
            [… 99 lines]
            2026-03-01T10:05:00Z INFO GET /items/11100 200 in 48210 ms
            [… 96 lines]
            {Usual(397)}
            {Usual(398)}
            {Usual(399)}
            """);
    }

    [Fact]
    public void Reduce_LinesThatDifferInANameOnly_AreAlike()
    {
        string[] names = ["serde", "syn", "quote", "libc", "rand", "log", "regex", "tokio", "bytes", "mio", "hyper", "http", "url", "time",
            "uuid", "toml"];
        var text = string.Join('\n', names.Select(name => $"   Compiling {name} v1.0.{name.Length}"))
            + "\nerror[E0502]: cannot borrow `queue`\n  --> src/worker.rs:73:13\n";

        Reduced.As("log", text).ShouldBe("""
               Compiling serde v1.0.5  (+15 alike)
               Compiling syn v1.0.3
            [… 13 lines]
               Compiling toml v1.0.4
            error[E0502]: cannot borrow `queue`
              --> src/worker.rs:73:13
            """);
    }

    [Fact]
    public void Reduce_NameInTheCall_KeepsItsLines() =>
        Reduced.As("log", Reduced.Lines(200, i => $"{Usual(i)} trace t{i}xyz"), "kubectl logs shop | grep t77xyz")
            .ShouldContain("trace t77xyz");

    [Theory]
    [InlineData("0 errors, 0 warnings")]
    [InlineData("src/error-handler.ts compiled")]
    [InlineData("no failures found")]
    [InlineData("failed=0 ok=12")]
    [InlineData("CrashReport -> bin/CrashReport.dll")]
    [InlineData("terror alert")]
    public void IsFailure_WordThatTellsOfNone_IsFalse(string line) => FailureWords.IsFailure(line).ShouldBeFalse();

    [Theory]
    [InlineData("2 errors, 0 warnings")]
    [InlineData("level=error msg=x")]
    [InlineData("java.lang.NullPointerException: x")]
    [InlineData("[FATAL] disk")]
    [InlineData("FAILED=3")]
    [InlineData("Back-off: CrashLoopBackOff")]
    [InlineData("src/main.go:12:3: x redeclared in this block")]
    [InlineData("10.0.0.1 \"GET / HTTP/1.1\" 502 17")]
    [InlineData("zsh: command not found: x")]
    public void IsFailure_WordsOfFailure_IsTrue(string line) => FailureWords.IsFailure(line).ShouldBeTrue();

    [Fact]
    public void Reduce_Smaller_KeepsFailuresLongest()
    {
        var text = Reduced.Lines(
            400, i => i % 100 == 50 ? $"{Usual(i)[..20]} ERROR number {i} failed"
                : i % 10 == 5 ? $"{Usual(i)[..20]} note {new string((char)('a' + (i / 10 % 26)), 4)}{(char)('a' + (i % 26))}" : Usual(i));

        var reduced = new LogReducer().Reduce(new ToolOutput(text), 400).ShouldNotBeNull();

        reduced.Length.ShouldBeLessThanOrEqualTo(400);
        foreach (var i in (int[])[50, 150, 250, 350])
            reduced.ShouldContain($"ERROR number {i} failed");
    }
}
