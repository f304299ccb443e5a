using Strata.Reducing;
using Strata.Reducing.Tests;

namespace Strata.Tests.Reducing;

public class TestRunReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new TestRunReducer();

    private protected override string Sample { get; } = Reduced.Lines(60, i => $"--- PASS: TestA{i} (0.01s)")
        + "\n=== RUN   TestCart\n    cart_test.go:91: total = 1170, want 1080\n--- FAIL: TestCart (0.02s)\nFAIL\tshop/cart\t2.1s\n";

    private protected override string[] Planted =>
        ["    cart_test.go:91: total = 1170, want 1080", "--- FAIL: TestCart (0.02s)", "FAIL\tshop/cart\t2.1s"];

    // The records of go test are the format of what they hold.
    private protected override string Visible(string text) => GoTestJson.ToText(text) ?? text;

    private protected override Func<int, string> Hostile =>
        i => $"=== RUN   Test{i}/a\n--- FAIL: Test{i} (0.01s)\n--- FAIL: Test{i}/b (0.01s)";

    [Fact]
    public void Reduce_Pytest_KeepsTheFailureAndTheTotal()
    {
        var text = "===== test session starts =====\n"
            + Reduced.Lines(60, i => $"tests/test_cart.py::test_{i} {(i == 9 ? "FAILED" : "PASSED")}   [ {i}%]")
            + "\n===== FAILURES =====\n____ test_refund ____\n    def test_refund():\n>       assert total == 3\nE       assert 4 == "
            + "3\n\ntests/test_cart.py:57: AssertionError\n===== 1 failed, 59 passed in 1.31s =====\n";

        var reduced = Reduced.As("tests", text);

        reduced.ShouldBe("""
            ===== test session starts =====
            [59 passed, left out]
            tests/test_cart.py::test_9 FAILED   [ 9%]
            ===== FAILURES =====
            ____ test_refund ____
                def test_refund():
            >       assert total == 3
            E       assert 4 == 3
            tests/test_cart.py:57: AssertionError
            ===== 1 failed, 59 passed in 1.31s =====
            """);
    }

    [Fact]
    public void Reduce_GoVerbose_KeepsTheOutputOfTheFailingTestOnly()
    {
        var text = Reduced.Lines(20, i => $"=== RUN   TestA{i}\n    a_test.go:{i}: copies errors into place\n--- PASS: TestA{i} (0.01s)")
            + "\n=== RUN   TestCart\n=== RUN   TestCart/discount\nconnecting to store\n    cart_test.go:91: total = 1170, want 1080\n✓ "
            + "saved\n    after the mark\n"
            + "--- FAIL: TestCart (0.02s)\n    --- FAIL: TestCart/discount (0.01s)\nFAIL\nFAIL\tshop/cart\t2.1s\n";

        Reduced.As("tests", text).ShouldBe("""
            [20 passed, left out]
            connecting to store
                cart_test.go:91: total = 1170, want 1080
            ✓ saved
                after the mark
            --- FAIL: TestCart (0.02s)
                --- FAIL: TestCart/discount (0.01s)
            FAIL
            FAIL	shop/cart	2.1s
            """);
    }

    [Fact]
    public void Reduce_GoJson_ReadsLikeGoVerbose()
    {
        var lines = Reduced.Lines(30, i => $"--- PASS: TestA{i} (0.01s)")
            + "\n--- FAIL: TestCart (0.02s)\n    cart_test.go:91: total = 1170\nFAIL\tshop/cart\t2.1s";
        var text = string.Join('\n', lines.Split('\n').Select(line =>
            $$"""{"Time":"2026-03-01T10:00:"""
                + $$"""00Z","Action":"output","Package":"shop/cart","Output":"""
                + $$"""{{System.Text.Json.JsonSerializer.Serialize(line + "\n")}}}"""));

        Reduced.As("tests", text)
            .ShouldBe("[30 passed, left out]\n--- FAIL: TestCart (0.02s)\n    cart_test.go:91: total = 1170\nFAIL\tshop/cart\t2.1s");
    }

    [Theory]
    [InlineData(
        "    ✓ adds {0} (3 ms)",
        "  ● cart › removes\n\n    Expected: []\n    Received: [1]\n\n      at Object.<anonymous> (src/cart.test.ts:41:22)",
        "Tests:       1 failed, 40 passed, 41 total")]
    [InlineData(
        "test cart::adds_{0} ... ok",
        "thread 'cart::removes' panicked at src/cart.rs:21:9:\nassertion `left == right` failed\n  left: 12\n right: 13",
        "test result: FAILED. 40 passed; 1 failed;")]
    [InlineData("  Passed Shop.CartTests.Adds{0} [1 ms]", "  Failed Shop.CartTests.Removes [14 ms]\n  Error Message:\n   total should be "
        + "119 but was 118\n  Stack Trace:\n     at Shop.CartTests.Removes() in /src/CartTests.cs:line 33", "Total tests: 41")]
    [InlineData("ok {0} - adds", "not ok 77 - removes\n  ---\n  expected: 0\n  actual: -1\n  ...", "# tests 41")]
    public void Reduce_OtherRunners_KeepFailureAndTotalWordForWord(string passed, string failure, string total)
    {
        var text = Reduced.Lines(40, i => string.Format(System.Globalization.CultureInfo.InvariantCulture, passed, i)) + "\n" + failure
            + "\n" + total;

        var reduced = Reduced.As("tests", text);

        foreach (var line in failure.Split('\n').Where(line => line.Length > 0))
            reduced.ShouldContain(line);
        reduced.ShouldEndWith(total);
        reduced.ShouldContain("[40 passed, left out]");
        reduced.Length.ShouldBeLessThan(failure.Length + total.Length + 60);
    }
}
