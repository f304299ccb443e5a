using System.Globalization;
using System.Text;
using Strata.Benchmarks.Synthetic;
using Strata.Reducing;
using ToolOutput = Strata.Reducing.ToolOutput;

namespace Strata.Benchmarks.Reducing;

internal static class TestRunCases
{
    public static IEnumerable<ReducerCase> All() => [Pytest(), GoVerbose(), GoJson(), Jest(), Cargo(), DotNet(), Tap()];

    private static ReducerCase Pytest()
    {
        var words = new Vocabulary(21);
        var run = new StringBuilder("============================= test session starts ==============================\nplatform linux -- "
            + "Python 3.12.3, pytest-8.3.4\ncollected 400 items\n\n");
        for (var i = 0; i < 200; i++)
            run.Append(CultureInfo.InvariantCulture,
                $"tests/test_{words.Term()}.py::test_{words.Term()}_{words.Term()} {(i == 120 ? "FAILED" : "PASSED")}        "
                    + $"[{i / 2,3}%]\n");
        run.Append("=================================== FAILURES ===================================\n_____________________ "
            + "test_refund_total _____________________\n\n    def test_refund_total():\n        order = make_order(3)\n>       assert "
            + "refund(order) == Decimal('29.97')\nE       AssertionError: assert Decimal('30.00') == "
            + "Decimal('29.97')\n\ntests/test_refund.py:57: AssertionError\n=========================== short test summary info "
            + "============================\nFAILED tests/test_refund.py::test_refund_total - AssertionError: assert "
            + "Decimal('30.00')\n================== 1 failed, 199 passed in 12.31s ==================\n");
        return new ReducerCase("pytest -v, 200 tests", new ToolOutput(run.ToString(), "Bash", "pytest -v"),
            ["assert Decimal('30.00') == Decimal('29.97')", "tests/test_refund.py:57", "1 failed, 199 passed"]);
    }

    private static ReducerCase GoVerbose() =>
        new("go test -v, 300 tests", new ToolOutput(GoLines(out var planted), "Bash", "go test -v ./..."), planted);

    private static ReducerCase GoJson()
    {
        var events = new StringBuilder();
        var lines = GoLines(out var planted).TrimEnd('\n').Split('\n');
        foreach (var line in lines)
            events.Append($$"""{"Time":"2026-03-01T10:00:"""
                + $$"""00Z","Action":"output","Package":"shop/cart","Output":{{System.Text.Json.JsonSerializer.Serialize(line + "\n")}}}""")
                .Append('\n');
        return new ReducerCase("go test -json, 300 tests", new ToolOutput(events.ToString(), "Bash", "go test -json ./..."), planted);
    }

    private static string GoLines(out string[] planted)
    {
        var words = new Vocabulary(22);
        var run = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            var name = $"Test{words.Pascal()}";
            run.Append(CultureInfo.InvariantCulture,
                $"=== RUN   {name}\n    {words.Term()}_test.go:{words.Next(10, 400)}: creating {words.Term()} in temporary folder\n");
            if (i == 150)
                run.Append("=== RUN   TestCartTotal/with_discount\n    cart_test.go:91: total = 1170, want 1080\n--- FAIL: TestCartTotal "
                    + "(0.01s)\n    --- FAIL: TestCartTotal/with_discount (0.00s)\n");
            run.Append(CultureInfo.InvariantCulture, $"--- PASS: {name} (0.0{words.Next(0, 9)}s)\n");
        }

        planted = ["cart_test.go:91: total = 1170, want 1080", "--- FAIL: TestCartTotal/with_discount", "FAIL\tshop/cart\t2.113s"];
        return run.Append("FAIL\nFAIL\tshop/cart\t2.113s\nok  \tshop/prices\t0.310s\n").ToString();
    }

    private static ReducerCase Jest()
    {
        var words = new Vocabulary(23);
        var run = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            run.Append(CultureInfo.InvariantCulture, $" PASS  src/{words.Term()}/{words.Camel()}.test.ts\n");
            for (var t = 0; t < 4; t++)
                run.Append(CultureInfo.InvariantCulture, $"    ✓ {words.Term()} the {words.Term()} ({words.Next(1, 40)} ms)\n");
        }

        run.Append(" FAIL  src/cart/useCart.test.ts\n    ✕ removes the last item (12 ms)\n\n  ● useCart › removes the last item\n\n    "
            + "expect(received).toEqual(expected)\n\n    Expected: []\n    Received: [{\"sku\": \"B-1009\"}]\n\n      at "
            + "Object.<anonymous> (src/cart/useCart.test.ts:41:22)\n\nTest Suites: 1 failed, 60 passed, 61 total\nTests:       1 failed, "
            + "240 passed, 241 total\nTime:        8.412 s\n");
        return new ReducerCase("jest, 241 tests", new ToolOutput(run.ToString(), "Bash", "npx jest"),
            ["useCart › removes the last item", "Received: [{\"sku\": \"B-1009\"}]", "src/cart/useCart.test.ts:41:22",
                "1 failed, 240 passed, 241 total"]);
    }

    private static ReducerCase Cargo()
    {
        var words = new Vocabulary(24);
        var run = new StringBuilder("\nrunning 250 tests\n");
        for (var i = 0; i < 250; i++)
            run.Append(CultureInfo.InvariantCulture,
                $"test {words.Term()}::tests::{words.Term()}_{words.Term()} ... {(i == 99 ? "FAILED" : "ok")}\n");
        run.Append("\nfailures:\n\n---- ledger::tests::rounds_half_even stdout ----\nthread 'ledger::tests::rounds_half_even' panicked at "
            + "src/ledger.rs:210:9:\nassertion `left == right` failed\n  left: 12\n right: 13\n\nfailures:\n    "
            + "ledger::tests::rounds_half_even\n\ntest result: FAILED. 249 passed; 1 failed; 0 ignored; 0 measured; finished in 1.02s\n");
        return new ReducerCase("cargo test, 250 tests", new ToolOutput(run.ToString(), "Bash", "cargo test"),
            ["panicked at src/ledger.rs:210:9", "left: 12", "right: 13", "249 passed; 1 failed"]);
    }

    private static ReducerCase DotNet()
    {
        var words = new Vocabulary(25);
        var run = new StringBuilder(
            "Test run for /src/bin/Shop.Tests.dll (.NETCoreApp,Version=v10.0)\nStarting test execution, please wait...\n");
        for (var i = 0; i < 200; i++)
            run.Append(CultureInfo.InvariantCulture,
                $"  Passed Shop.{words.Pascal()}Tests.{words.Pascal()}_{words.Pascal()} [{words.Next(1, 90)} ms]\n");
        run.Append("  Failed Shop.InvoiceTests.Total_WithVat_IsRounded [14 ms]\n  Error Message:\n   Shouldly.ShouldAssertException : "
            + "total should be 119.00m but was 118.99m\n  Stack Trace:\n     at Shop.InvoiceTests.Total_WithVat_IsRounded() in "
            + "/src/InvoiceTests.cs:line 33\n\nTest Run Failed.\nTotal tests: 201\n     Passed: 200\n     Failed: 1\n");
        return new ReducerCase("dotnet test, 201 tests", new ToolOutput(run.ToString(), "Bash", "dotnet test"),
            ["Total_WithVat_IsRounded", "total should be 119.00m but was 118.99m", "/src/InvoiceTests.cs:line 33", "Total tests: 201",
                "Failed: 1"]);
    }

    private static ReducerCase Tap()
    {
        var words = new Vocabulary(26);
        var run = new StringBuilder("TAP version 14\n1..150\n");
        for (var i = 1; i <= 150; i++)
        {
            run.Append(i == 77
                ? "not ok 77 - parses an empty header\n  ---\n  operator: equal\n  expected: 0\n  actual: -1\n  at: Test.<anonymous> "
                    + "(test/header.js:19:5)\n  ...\n"
                : string.Create(CultureInfo.InvariantCulture, $"ok {i} - {words.Term()} {words.Term()} {words.Term()}\n"));
        }

        run.Append("# tests 150\n# pass 149\n# fail 1\n");
        return new ReducerCase("TAP, 150 tests", new ToolOutput(run.ToString(), "Bash", "node --test"),
            ["not ok 77 - parses an empty header", "test/header.js:19:5", "actual: -1", "# fail 1"]);
    }
}
