using System.Globalization;
using System.Text;
using Strata.Benchmarks.Synthetic;
using Strata.Reducing;
using ToolOutput = Strata.Reducing.ToolOutput;

namespace Strata.Benchmarks.Reducing;

internal static class LogCases
{
    public static IEnumerable<ReducerCase> All() => [Service(), DotNetBuild(), NpmBuild(), CargoBuild(), Shell(), JsonLog()];

    private static string Stamp(int second) =>
        new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc).AddSeconds(second)
            .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static ReducerCase Service()
    {
        var words = new Vocabulary(11);
        var log = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
        {
            log.Append(i switch
            {
                0 => $"{Stamp(i)} INFO  starting checkout v4.17.2 on port 8085\n",
                700 => $"{Stamp(i)} ERROR payment: charge ch_9f3kQ2 declined: insufficient_funds (request 7a1be2)\n"
                    + "com.shop.PaymentException: declined\n    at com.shop.Payments.charge(Payments.java:118)\n    at "
                    + "com.shop.Checkout.run(Checkout.java:44)\n",
                1_100 => $"{Stamp(i)} INFO  GET /api/items/{words.Next(1, 9_999)} 200 in 48210 ms\n",
                1_500 => $"{Stamp(i)} WARN  pool exhausted: 50 of 50 connections in use\n",
                1_700 => $"{Stamp(i)} FATAL out of disk space on /var/lib/data\n",
                1_900 => $"{Stamp(i)} INFO  feature flag new-cart switched on by deploy 3321\n",
                _ => words.Next(0, 4) switch
                {
                    0 => $"{Stamp(i)} DEBUG cache hit for key item:{words.Next(1, 9_999)}\n",
                    1 => $"{Stamp(i)} INFO  session {words.Hex(8)}-{words.Hex(4)} opened for user {words.Next(1, 999)}\n",
                    _ => $"{Stamp(i)} INFO  GET /api/items/{words.Next(1, 9_999)} 200 in {words.Next(5, 60)} ms\n",
                },
            });
        }

        return new ReducerCase("service log, 2,000 lines", new ToolOutput(log.ToString(), "Bash", "kubectl logs checkout"),
        [
            "charge ch_9f3kQ2 declined: insufficient_funds (request 7a1be2)", "Payments.java:118", "48210 ms", "pool exhausted: 50 of 50",
            "FATAL out of disk space on /var/lib/data",
            "feature flag new-cart switched on by deploy 3321", "starting checkout v4.17.2",
        ]);
    }

    private static ReducerCase DotNetBuild()
    {
        var words = new Vocabulary(12);
        var log = new StringBuilder("MSBuild version 17.14.0 for .NET\n  Determining projects to restore...\n");
        for (var i = 0; i < 120; i++)
            log.Append(
                CultureInfo.InvariantCulture, $"  Restored /src/{words.Pascal()}/{words.Pascal()}.csproj (in {words.Next(80, 900)} ms).\n");
        for (var i = 0; i < 120; i++)
        {
            log.Append(
                CultureInfo.InvariantCulture, $"  {words.Pascal()} -> /src/{words.Pascal()}/bin/Release/net10.0/{words.Pascal()}.dll\n");
            if (i == 60)
                log.Append("/src/Billing/InvoiceWriter.cs(88,17): error CS0103: The name 'taxRate' does not exist in the current context "
                    + "[/src/Billing/Billing.csproj]\n");
            if (i == 90)
                log.Append(
                    "/src/Core/Clock.cs(12,5): warning CS0618: 'Clock.Now' is obsolete: 'Use TimeProvider' [/src/Core/Core.csproj]\n");
        }

        log.Append("\nBuild FAILED.\n    1 Warning(s)\n    1 Error(s)\n\nTime Elapsed 00:01:12.44\n");
        return new ReducerCase("build log, dotnet", new ToolOutput(log.ToString(), "Bash", "dotnet build"),
            ["/src/Billing/InvoiceWriter.cs(88,17): error CS0103: The name 'taxRate' does not exist", "Clock.cs(12,5): warning CS0618",
                "Build FAILED.", "1 Error(s)"]);
    }

    private static ReducerCase NpmBuild()
    {
        var words = new Vocabulary(13);
        var log = new StringBuilder();
        for (var i = 0; i < 150; i++)
            log.Append(CultureInfo.InvariantCulture,
                $"npm http fetch GET 200 https://registry.example.test/{words.Term()}-{words.Term()} {words.Next(10, 900)}ms (cache "
                    + $"miss)\n");
        for (var i = 0; i < 40; i++)
            log.Append(CultureInfo.InvariantCulture,
                $"npm warn deprecated {words.Term()}@{words.Next(0, 9)}.{words.Next(0, 20)}.1: this version is no longer supported\n");
        log.Append("\nadded 812 packages, and audited 813 packages in 34s\n\n> shop@2.4.0 build\n> vite build\n\nvite v6.1.0 building for "
            + "production...\n");
        for (var i = 0; i < 150; i++)
            log.Append(CultureInfo.InvariantCulture, $"dist/assets/{words.Pascal()}-{words.Hex(8)}.js   "
                + $"{words.Next(1, 300)}.{words.Next(10, 99)} kB │ gzip: {words.Next(1, 90)}.{words.Next(10, 99)} kB\n");
        log.Append("error during build:\nRollupError: src/cart/useCart.ts (14:9): \"priceOf\" is not exported by \"src/prices.ts\"\n    at "
            + "getRollupError (node_modules/rollup/dist/parseAst.js:400:41)\nnpm error Lifecycle script `build` failed with error code "
            + "1\n");
        return new ReducerCase("build log, npm and vite", new ToolOutput(log.ToString(), "Bash", "npm ci && npm run build"),
            ["src/cart/useCart.ts (14:9): \"priceOf\" is not exported by \"src/prices.ts\"", "added 812 packages",
                "failed with error code 1"]);
    }

    private static ReducerCase CargoBuild()
    {
        var words = new Vocabulary(14);
        var log = new StringBuilder("    Updating crates.io index\n");
        for (var i = 0; i < 180; i++)
            log.Append(CultureInfo.InvariantCulture,
                $"  Downloaded {words.Term()}-{words.Term()} v{words.Next(0, 4)}.{words.Next(0, 30)}.{words.Next(0, 9)}\n");
        for (var i = 0; i < 180; i++)
            log.Append(CultureInfo.InvariantCulture,
                $"   Compiling {words.Term()}-{words.Term()} v{words.Next(0, 4)}.{words.Next(0, 30)}.{words.Next(0, 9)}\n");
        log.Append("error[E0502]: cannot borrow `queue` as mutable because it is also borrowed as immutable\n  --> src/worker.rs:73:13\n   "
            + "|\n72 |     let head = queue.front();\n   |                ----- immutable borrow occurs here\n73 |     "
            + "queue.push_back(job);\n   |     ^^^^^ mutable borrow occurs here\n\nerror: could not compile `shop` (bin \"shop\") due to 1 "
            + "previous error\n");
        return new ReducerCase("build log, cargo", new ToolOutput(log.ToString(), "Bash", "cargo build"),
            ["error[E0502]: cannot borrow `queue` as mutable", "--> src/worker.rs:73:13", "queue.push_back(job);",
                "could not compile `shop`"]);
    }

    private static ReducerCase Shell()
    {
        var words = new Vocabulary(15);
        var log = new StringBuilder("$ ./deploy.sh\n");
        for (var i = 0; i < 90; i++)
            log.Append(CultureInfo.InvariantCulture, $"Get:{i + 1} http://archive.example.test/ubuntu noble/main amd64 lib{words.Term()} "
                + $"amd64 {words.Next(1, 9)}.{words.Next(0, 30)}-{words.Next(1, 9)} [{words.Next(4, 900)} kB]\n");
        log.Append("Fetched 41.2 MB in 7s (5,884 kB/s)\n");
        for (var i = 0; i <= 100; i++)
            log.Append(CultureInfo.InvariantCulture, $"(Reading database ... {i}%\r");
        log.Append("(Reading database ... 24119 files and directories currently installed.)\n");
        for (var i = 0; i < 90; i++)
            log.Append(CultureInfo.InvariantCulture,
                $"Unpacking lib{words.Term()} ({words.Next(1, 9)}.{words.Next(0, 30)}-{words.Next(1, 9)}) ...\n");
        log.Append("E: Sub-process /usr/bin/dpkg returned an error code (1)\n");
        for (var i = 0; i < 90; i++)
            log.Append(CultureInfo.InvariantCulture,
                $"\u001b[32m✔\u001b[0m synced bucket/{words.Term()}/{words.Hex(12)}.png ({words.Next(10, 99)} KiB)\n");
        log.Append("Deployed release r-20260301-77 to eu-west-1\n");
        return new ReducerCase("shell output", new ToolOutput(log.ToString(), "Bash", "./deploy.sh"),
            ["E: Sub-process /usr/bin/dpkg returned an error code (1)", "Fetched 41.2 MB", "Deployed release r-20260301-77 to eu-west-1"]);
    }

    private static ReducerCase JsonLog()
    {
        var words = new Vocabulary(16);
        var log = new StringBuilder();
        for (var i = 0; i < 500; i++)
        {
            log.Append(i == 321
                ? $$"""{"level":"error","time":"{{Stamp(i)}}","message":"consul registration refused: 10.0.3.17:8500","retries":5}"""
                : $$"""{"level":"info","time":"{{Stamp(i)}}","message":"""
                    + $$"""
                        "{{words.Pick("request served", "lease renewed", "health check passed")}}","ms":{{words.Next(1, 40)}}}
                        """).Append('\n');
        }

        return new ReducerCase(
            "log of JSON records, 500", new ToolOutput(log.ToString(), "get_logs"), ["consul registration refused: 10.0.3.17:8500"]);
    }
}
