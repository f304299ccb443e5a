using System.Globalization;
using Strata.Reducing;
using Strata.Reducing.Tables;

namespace Strata.Tests.Reducing;

public class TableReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new TableReducer();

    private protected override string Sample { get; } =
        "NAME            READY   STATUS             RESTARTS      NODE\n" + Reduced.Lines(80, i => i == 41
        ? $"{"payments-6c5-q7",-16}{"0/1",-8}{"CrashLoopBackOff",-19}{"41 (2m ago)",-14}node-1"
        : $"{$"cart-{i}",-16}{"1/1",-8}{"Running",-19}{"0",-14}node-1");

    private protected override string[] Planted => ["payments-6c5-q7", "CrashLoopBackOff", "41 (2m ago)", "cart-63"];

    private protected override ToolOutput Call(string text) => new(text, "Bash", "kubectl get pods cart-63");

    private protected override Func<int, string> Hostile => i => i % 5 == 0 ? "NAME     SIZE   STATUS" : $"n{i % 10_000,-8}{i % 7,-7}ok";

    [Fact]
    public void Reduce_BlankLinesOnly_IsNone() =>
        new TableReducer().Reduce(new ToolOutput(new string('\n', 40)), int.MaxValue).ShouldBeNull();

    [Fact]
    public void Reduce_RowThatLeavesItsColumnsHalfway_EndsTheTable()
    {
        var row = $"{"a",-7}{"1/1",-8}ok\n";
        var text = "NAME   READY   STATUS\n" + string.Concat(Enumerable.Repeat(row, 40)) + "b      1/1-and-much-more\n";

        new TableReducer().Reduce(new ToolOutput(text), 200).ShouldNotBeNull().ShouldContain("40 rows");
    }

    [Fact]
    public void Reduce_AlignedColumns_KeepsTheRowThatDiffers()
    {
        var text = "NAME            READY   STATUS             RESTARTS      NODE\n" + Reduced.Lines(80, i => i == 41
            ? $"{"payments-6c5-q7",-16}{"0/1",-8}{"CrashLoopBackOff",-19}{"41 (2m ago)",-14}node-1"
            : $"{$"cart-{i}",-16}{"1/1",-8}{"Running",-19}{"0",-14}node-1");

        var reduced = Reduced.As("table", text);

        reduced.ShouldStartWith("80 rows, 76 left out; in all: NODE=node-1\n");
        reduced.ShouldContain("\n41,payments-6c5-q7,0/1,CrashLoopBackOff,41 (2m ago)");
    }

    [Fact]
    public void Reduce_Overview_KeepsEveryRowWithoutItsPadding()
    {
        var text = "NAME            READY   STATUS             NODE NAME\n"
            + Reduced.Lines(20, i => $"{$"cart-{i}",-16}{"1/1",-8}{(i == 3 ? "Pending" : "Running"),-19}n1");

        var reduced = Reduced.As("table", text);

        reduced.ShouldStartWith("20 rows; in all: READY=1/1, NODE NAME=n1\nNAME,STATUS\ncart-0,Running\n");
        reduced.Split('\n').Length.ShouldBe(22);
    }

    [Fact]
    public void Reduce_Csv_KeepsOutliersAndRareValues()
    {
        var text = "id,region,units,returned\n"
            + Reduced.Lines(
                400, i => $"{i},{(i % 2 == 0 ? "north" : "south")},{(i == 255 ? 91_000 : i % 40)},{(i == 122 ? "disputed" : "no")}");

        var reduced = Reduced.As("table", text);

        reduced.ShouldContain("\n255,255,south,91000,no");
        reduced.ShouldContain("\n122,122,north,2,disputed");
        reduced.Length.ShouldBeLessThan(400);
    }
}
