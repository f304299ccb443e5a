using System.Globalization;
using System.Text;
using Strata.Benchmarks.Synthetic;
using Strata.Reducing;
using ToolOutput = Strata.Reducing.ToolOutput;

namespace Strata.Benchmarks.Reducing;

internal static class OtherCases
{
    public static IEnumerable<ReducerCase> All() => [JavaStack(), PythonStack(), Kubectl(), Csv(), Markdown(), Page(), Base64()];

    private static ReducerCase JavaStack()
    {
        var words = new Vocabulary(31);
        var trace = new StringBuilder(
            "Exception in thread \"main\" org.springframework.beans.factory.BeanCreationException: Error creating bean 'cartService'\n");
        for (var i = 0; i < 70; i++)
            trace.Append(CultureInfo.InvariantCulture,
                $"\tat org.springframework.{words.Term()}.{words.Pascal()}.{words.Camel()}({words.Pascal()}.java:{words.Next(20, 900)})\n");
        trace.Append("Caused by: java.lang.IllegalStateException: no price list for region 'eu-south-2'\n\tat "
            + "com.shop.prices.PriceLists.load(PriceLists.java:61)\n\tat com.shop.cart.CartService.<init>(CartService.java:29)\n");
        for (var i = 0; i < 40; i++)
            trace.Append(CultureInfo.InvariantCulture,
                $"\tat java.base/java.lang.reflect.{words.Pascal()}.invoke({words.Pascal()}.java:{words.Next(20, 900)})\n");
        trace.Append("\t... 38 more\n");
        return new ReducerCase("stack trace, Java", new ToolOutput(trace.ToString(), "Bash", "java -jar shop.jar"),
            ["Error creating bean 'cartService'", "no price list for region 'eu-south-2'", "PriceLists.java:61", "CartService.java:29"]);
    }

    private static ReducerCase PythonStack()
    {
        var words = new Vocabulary(32);
        var trace = new StringBuilder("Traceback (most recent call last):\n");
        for (var i = 0; i < 30; i++)
            trace.Append(CultureInfo.InvariantCulture, $"  File \"/usr/lib/python3.12/site-packages/{words.Term()}/{words.Term()}.py\", "
                + $"line {words.Next(9, 900)}, in {words.Term()}\n    return self.{words.Camel()}({words.Term()})\n");
        trace.Append("  File \"/app/shop/refunds.py\", line 88, in refund\n    total = sum(lines)\n");
        for (var i = 0; i < 12; i++)
            trace.Append(CultureInfo.InvariantCulture, $"  File \"/usr/lib/python3.12/site-packages/{words.Term()}/{words.Term()}.py\", "
                + $"line {words.Next(9, 900)}, in {words.Term()}\n    return self.{words.Camel()}({words.Term()})\n");
        trace.Append("TypeError: unsupported operand type(s) for +: 'int' and 'Decimal'\n");
        return new ReducerCase("stack trace, Python", new ToolOutput(trace.ToString(), "Bash", "python app.py"),
            ["/app/shop/refunds.py\", line 88", "total = sum(lines)", "TypeError: unsupported operand type(s) for +: 'int' and 'Decimal'"]);
    }

    private static ReducerCase Kubectl()
    {
        var words = new Vocabulary(33);
        var table = new StringBuilder("NAME                                      READY   STATUS             RESTARTS      AGE    IP        "
            + "      NODE      NOMINATED NODE\n");
        for (var i = 0; i < 120; i++)
        {
            var isBad = i == 70;
            var name = isBad ? "payments-6c5f9d7b8-q7zt4" : $"{words.Term()}-{words.Hex(9)}-{words.Hex(5)}";
            table.Append(CultureInfo.InvariantCulture, $"{name,-42}{(isBad ? "0/1" : "1/1"),-8}"
                + $"{(isBad ? "CrashLoopBackOff" : "Running"),-19}{(isBad ? "41 (2m ago)" : "0"),-14}{words.Next(2, 9)}d     "
                + $"10.244.{words.Next(0, 9)}.{words.Next(100, 250),-8}node-{words.Next(1, 4)}    <none>\n");
        }

        return new ReducerCase("table, kubectl, 120 pods", new ToolOutput(table.ToString(), "Bash", "kubectl get pods -o wide"),
            ["payments-6c5f9d7b8-q7zt4", "CrashLoopBackOff", "41 (2m ago)"]);
    }

    private static ReducerCase Csv()
    {
        var words = new Vocabulary(34);
        var table = new StringBuilder("id,region,product,units,price,returned\n");
        for (var i = 0; i < 800; i++)
        {
            var (units, returned) = (i == 555 ? 91_000 : words.Next(1, 60), i == 222 ? "disputed" : "no");
            table.Append(CultureInfo.InvariantCulture, $"{10_000 + i},{words.Pick("north", "south", "east")},{words.Term()} "
                + $"{words.Term()},{units},{words.Next(100, 9_999) / 100.0:0.00},{returned}\n");
        }

        return new ReducerCase(
            "table, CSV, 800 rows", new ToolOutput(table.ToString(), "Bash", "cat sales.csv"), ["10555", "91000", "10222", "disputed"]);
    }

    private static ReducerCase Markdown()
    {
        var words = new Vocabulary(35);
        var table = new StringBuilder("| service | owner | p99 ms | tier |\n|---|---|---:|---|\n");
        for (var i = 0; i < 90; i++)
            table.Append(CultureInfo.InvariantCulture, $"| {words.Term()}-{words.Term()} | team-{words.Term()} | "
                + $"{(i == 44 ? 31_007 : words.Next(20, 400))} | {(i == 61 ? "retired" : "gold")} |\n");
        return new ReducerCase("table, Markdown, 90 rows", new ToolOutput(table.ToString(), "Fetch"), ["31007", "retired"]);
    }

    private static ReducerCase Page()
    {
        var words = new Vocabulary(36);
        var page = new StringBuilder("<!DOCTYPE html><html><head><title>Refund policy</title><style>body{margin:0;padding:0;font:14px/1.4 "
            + "sans-serif}</style><script>window.dataLayer=[];for(let i=0;i<99;i++){track(i)}</script></head><body class=\"page "
            + "page--wide\">");
        for (var i = 0; i < 60; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"nav__item nav__item--{i} u-flex u-gap-{i % 4}\" "
                + $"data-id=\"{words.Hex(16)}\" style=\"color:#{words.Hex(6)};margin:{i}px\"><a class=\"link link--primary\" "
                + $"href=\"/{words.Term()}/{words.Term()}\">{words.Term()}</a></div>\n");
            page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 24 24\"><path d=\"M{words.Next(0, 24)} "
                + $"{words.Next(0, 24)}L{words.Next(0, 24)} {words.Next(0, 24)}z\"/></svg>\n");
        }

        page.Append("<h1>Refunds</h1><p>Refunds above &euro;500 need approval <b>RF-2201</b> within 14 days.</p><a "
            + "href=\"https://shop.example.test/forms/rf-2201\">form</a></body></html>");
        return new ReducerCase("web page", new ToolOutput(page.ToString(), "WebFetch"),
            ["Refund policy", "Refunds above €500 need approval RF-2201 within 14 days.", "https://shop.example.test/forms/rf-2201"]);
    }

    private static ReducerCase Base64()
    {
        var bytes = new byte[30_000];
        new Random(37).NextBytes(bytes);
        var text = $"Screenshot saved to out/cart-3.png\ndata:image/png;base64,iVBORw0KGgo{Convert.ToBase64String(bytes)}\nSize 1280x720\n";
        return new ReducerCase("base64 image", new ToolOutput(text, "screenshot"), ["out/cart-3.png", "Size 1280x720", "PNG image"]);
    }
}
