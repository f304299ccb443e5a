using System.Globalization;
using Strata.Reducing.Code;
using Strata.Reducing.Logs;
using Strata.Reducing.Tables;
using Strata.Reducing;

namespace Strata.Tests.Reducing;

public class OtherReducerTests
{
    [Fact]
    public void Stack_Java_KeepsCausesAndOwnFrames()
    {
        var text = "org.springframework.BeanException: cannot create 'cart'\n" + Reduced.Lines(30, i => $"\tat org.springframework.beans.B{i}.make(B.java:{i})")
            + "\nCaused by: java.lang.IllegalStateException: no price list\n\tat com.shop.Prices.load(Prices.java:61)\n"
            + Reduced.Lines(30, i => $"\tat java.base/java.lang.reflect.M{i}.invoke(M.java:{i})") + "\n\t... 38 more\n";

        var reduced = Reduced.As("stack", text);

        reduced.ShouldContain("cannot create 'cart'");
        reduced.ShouldContain("no price list\n\tat com.shop.Prices.load(Prices.java:61)\n");
        reduced.Split('\n').Length.ShouldBeLessThan(25);
    }

    [Fact]
    public void Stack_Python_KeepsTheOwnFrameBetweenLibraries()
    {
        static string Library(int i) => $"  File \"/usr/lib/python3.12/site-packages/lib/m{i}.py\", line {i}, in run\n    return self.next({i})";
        var text = "Traceback (most recent call last):\n" + Reduced.Lines(15, Library) + "\n  File \"/app/refunds.py\", line 88, in refund\n    total = sum(lines)\n"
            + Reduced.Lines(15, Library) + "\nTypeError: unsupported operand";

        Reduced.As("stack", text).ShouldContain("  File \"/app/refunds.py\", line 88, in refund\n    total = sum(lines)\n");
    }

    [Fact]
    public void Table_BlankLinesOnly_IsNone() => new TableReducer().Reduce(new ToolOutput(new string('\n', 40)), int.MaxValue).ShouldBeNull();

    [Fact]
    public void Table_RowThatLeavesItsColumnsHalfway_EndsTheTable()
    {
        var row = $"{"a",-7}{"1/1",-8}ok\n";
        var text = "NAME   READY   STATUS\n" + string.Concat(Enumerable.Repeat(row, 40)) + "b      1/1-and-much-more\n";

        new TableReducer().Reduce(new ToolOutput(text), 200).ShouldNotBeNull().ShouldContain("40 rows");
    }

    [Fact]
    public void Table_AlignedColumns_KeepsTheRowThatDiffers()
    {
        var text = "NAME            READY   STATUS             RESTARTS      NODE\n" + Reduced.Lines(80, i => i == 41
            ? $"{"payments-6c5-q7",-16}{"0/1",-8}{"CrashLoopBackOff",-19}{"41 (2m ago)",-14}node-1"
            : $"{$"cart-{i}",-16}{"1/1",-8}{"Running",-19}{"0",-14}node-1");

        var reduced = Reduced.As("table", text);

        reduced.ShouldStartWith("80 rows, 76 left out; in all: NODE=node-1\n");
        reduced.ShouldContain("\n41,payments-6c5-q7,0/1,CrashLoopBackOff,41 (2m ago)");
    }

    [Fact]
    public void Table_Overview_KeepsEveryRowWithoutItsPadding()
    {
        var text = "NAME            READY   STATUS             NODE NAME\n" + Reduced.Lines(20, i => $"{$"cart-{i}",-16}{"1/1",-8}{(i == 3 ? "Pending" : "Running"),-19}n1");

        var reduced = Reduced.As("table", text);

        reduced.ShouldStartWith("20 rows; in all: READY=1/1, NODE NAME=n1\nNAME,STATUS\ncart-0,Running\n");
        reduced.Split('\n').Length.ShouldBe(22);
    }

    [Fact]
    public void Table_Csv_KeepsOutliersAndRareValues()
    {
        var text = "id,region,units,returned\n" + Reduced.Lines(400, i => $"{i},{(i % 2 == 0 ? "north" : "south")},{(i == 255 ? 91_000 : i % 40)},{(i == 122 ? "disputed" : "no")}");

        var reduced = Reduced.As("table", text);

        reduced.ShouldContain("\n255,255,south,91000,no");
        reduced.ShouldContain("\n122,122,north,2,disputed");
        reduced.Length.ShouldBeLessThan(400);
    }

    [Fact]
    public void Html_Page_IsItsTextWithLinks()
    {
        var text = "<!DOCTYPE html><html><head><title>Refunds &amp; more</title><script>track('<b>')</script><style>p{margin:0}</style></head><body>"
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"<div class=\"nav__item nav__item--{i}\" style=\"color:#abcdef;margin:{i}px\"></div>"))
            + "<h2>Limits</h2><p>Above &euro;500 <b>RF-22</b>\n applies.</p><ul><li><a class=\"x\" href='/form?a=1'>form</a></li></ul><table><tr><td>a</td><td>b</td></tr></table></body></html>";

        Reduced.As("html", text).ShouldBe("# Refunds & more\n## Limits\nAbove €500 RF-22 applies.\n- form (/form?a=1)\na | b");
    }

    [Fact]
    public void Blob_Base64_SaysWhatItIs()
    {
        var data = string.Concat(Enumerable.Range(0, 400).Select(i => (i * 7919).ToString("X5", CultureInfo.InvariantCulture) + "ghQz"));

        Reduced.As("blob", $"saved out/cart.png\ndata:image/png;base64,iVBORw0KGgo{data}\n1280x720").ShouldBe(
            $"saved out/cart.png\ndata:image/png;base64,[base64 data, PNG image, {data.Length + 11:N0} chars]\n1280x720");
    }

    [Theory]
    [InlineData("\u001b[32mok\u001b[0m done", "ok done")]
    [InlineData("10%\r50%\r100%\ndone\r\nend", "100%\ndone\r\nend")]
    [InlineData("\u001b]0;title\aline", "line")]
    [InlineData("ab\bc", "ac")]
    public void Plain_Terminal_ShowsWhatIsSeenInTheEnd(string text, string plain) => TerminalText.Plain(text).ReplaceLineEndings("\n").ShouldBe(plain.ReplaceLineEndings("\n"));
}
