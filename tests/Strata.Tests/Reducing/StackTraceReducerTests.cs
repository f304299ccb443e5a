using System.Globalization;
using Strata.Reducing;
using Strata.Reducing.Logs;

namespace Strata.Tests.Reducing;

public class StackTraceReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new StackTraceReducer();

    private protected override string Sample { get; } =
        "org.springframework.BeanException: cannot create 'cart'\n"
            + Reduced.Lines(40, i => $"\tat org.springframework.beans.B{i}.make(B.java:{i})")
            + "\nCaused by: java.lang.IllegalStateException: no price list\n\tat com.shop.Prices.load(Prices.java:61)\n"
            + Reduced.Lines(40, i => $"\tat java.base/java.lang.reflect.M{i}.invoke(M.java:{i})") + "\n\t... 38 more\n";

    private protected override string[] Planted =>
        ["org.springframework.BeanException: cannot create 'cart'", "Caused by: java.lang.IllegalStateException: no price list",
            "M17.invoke(M.java:17)"];

    private protected override ToolOutput Call(string text) => new(text, "Bash", "java -jar shop.jar | grep M17.invoke");

    private protected override Func<int, string> Hostile => i => $"  at a{i}.b(C.java:{i})";

    [Fact]
    public void Reduce_Java_KeepsCausesAndOwnFrames()
    {
        var text = "org.springframework.BeanException: cannot create 'cart'\n"
            + Reduced.Lines(30, i => $"\tat org.springframework.beans.B{i}.make(B.java:{i})")
            + "\nCaused by: java.lang.IllegalStateException: no price list\n\tat com.shop.Prices.load(Prices.java:61)\n"
            + Reduced.Lines(30, i => $"\tat java.base/java.lang.reflect.M{i}.invoke(M.java:{i})") + "\n\t... 38 more\n";

        var reduced = Reduced.As("stack", text);

        reduced.ShouldContain("cannot create 'cart'");
        reduced.ShouldContain("no price list\n\tat com.shop.Prices.load(Prices.java:61)\n");
        reduced.Split('\n').Length.ShouldBeLessThan(25);
    }

    [Fact]
    public void Reduce_Python_KeepsTheOwnFrameBetweenLibraries()
    {
        static string Library(int i) =>
            $"  File \"/usr/lib/python3.12/site-packages/lib/m{i}.py\", line {i}, in run\n    return self.next({i})";
        var text = "Traceback (most recent call last):\n" + Reduced.Lines(15, Library)
            + "\n  File \"/app/refunds.py\", line 88, in refund\n    total = sum(lines)\n"
            + Reduced.Lines(15, Library) + "\nTypeError: unsupported operand";

        Reduced.As("stack", text).ShouldContain("  File \"/app/refunds.py\", line 88, in refund\n    total = sum(lines)\n");
    }
}
