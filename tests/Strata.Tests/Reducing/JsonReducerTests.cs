using System.Globalization;
using Strata.Reducing;
using Strata.Reducing.Json;

namespace Strata.Tests.Reducing;

public class JsonReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new JsonReducer();

    private protected override string Sample { get; } =
        Array(200, i => i == 150 ? Order(i, note: "\"Connection refused by node 7\"") : Order(i, i == 101 ? "chargeback" : "paid"));

    private protected override string[] Planted => ["Connection refused by node 7", "chargeback", "ord_033"];

    private protected override ToolOutput Call(string text) => new(text, "Bash", "orders find ord_033");

    private protected override Func<int, string> Hostile => i => $$"""{"a{{i}}":[{"b":[{"c":[1,2,3,{{i}}]}]}]}""";

    private static string Array(int count, Func<int, string> item) => "[" + string.Join(',', Enumerable.Range(0, count).Select(item)) + "]";

    private static string Order(int i, string status = "paid", string amount = "", string note = "null") =>
        $$"""{"id":"ord_{{i:000}}","status":"{{status}}","amount":"""
            + $$"""{{(amount.Length > 0 ? amount : (10 + (i % 9)).ToString(CultureInfo.InvariantCulture))}},"currency":"EUR","address":"""
            + $$"""{"city":"{{(i % 2 == 0 ? "Lyon" : "Porto")}}"},"note":{{note}}}""";

    [Fact]
    public void Reduce_ArrayOfObjects_DescribesColumnsAndKeepsWhatStandsOut()
    {
        var text = Array(200, i => i switch
        {
            57 => Order(i, amount: "91000.50"),
            101 => Order(i, status: "chargeback"),
            150 => Order(i, note: "\"Connection refused by node 7\""),
            _ => Order(i),
        });

        var reduced = Reduced.As("json", text, "orders find ord_033");

        reduced.ShouldStartWith("200 items, 193 left out; in all: currency=EUR\nstatus: paid ×199, chargeback ×1; amount 10…91000.50; "
            + "address.city: Lyon ×100, Porto ×100");
        reduced.ShouldContain("\n#,id,status,amount,address.city,note\n0,ord_000,paid,10,Lyon,null\n");
        reduced.ShouldContain("\n57,ord_057,paid,91000.50,");
        reduced.ShouldContain("\n101,ord_101,chargeback,");
        reduced.ShouldContain("\n150,ord_150,paid,16,Lyon,Connection refused by node 7");
        reduced.ShouldContain("\n33,ord_033,");
        reduced.ShouldEndWith("\n199,ord_199,paid,11,Porto,null");
    }

    [Fact]
    public void Reduce_MissingInOneRow_KeepsThatRow()
    {
        var text = Array(60, i => i == 31 ? """{"id":"r31","rare":true}""" : $$"""{"id":"r{{i}}","owner":"team {{i}}"}""");

        Reduced.As("json", text).ShouldContain("\n31,r31,,true");
    }

    [Fact]
    public void Reduce_HugeNumbers_StandAsWritten() =>
        Reduced.As("json", Array(40, i => $$"""{"n":123456789012345678901234567890.{{i}},"s":"text that is longer {{i}}"}"""))
            .ShouldContain("123456789012345678901234567890.0");

    [Fact]
    public void Reduce_NestedObject_IsWrittenWithoutBracketsAndQuotes()
    {
        var text = $$"""{"status":"success","data":{"resultType":"vector","result":{{Array(50, i => Order(i))}}},"warnings":[]}""";

        var reduced = Reduced.As("json", text);

        reduced.ShouldStartWith("status: success\ndata:\n resultType: vector\n result: 50 items, 47 left out; in all: status=paid, "
            + "currency=EUR, note=null\n");
        reduced.ShouldEndWith("\nwarnings: []");
    }

    [Fact]
    public void Reduce_SeriesInsideARow_KeepsTheOutlierOfTheSeries()
    {
        var text = Array(5, s => $$"""{"pod":"p{{s}}","values":"""
            + $$"""{{Array(80, i => s == 3 && i == 40 ? "[1040,\"977.5\"]" : $"[{1000 + i},\"{1 + (i % 7)}\"]")}}}""");

        Reduced.As("json", text).ShouldContain("p3,[80 items: [1000,\"1\"], … #40: [1040,\"977.5\"], … #79: [1079,\"3\"]]");
    }

    [Fact]
    public void Reduce_LinesOfJson_AreRows() =>
        Reduced.As("json", Reduced.Lines(80, i => Order(i, i == 44 ? "void" : "paid"))).ShouldContain("\n44,ord_044,void,");

    [Fact]
    public void Reduce_NumberedFile_IsReadWithoutItsNumbers() =>
        Reduced.As("json", "1→[\n" + Reduced.Lines(60, i => $"{i + 2}→{Order(i)},") + "\n62→{}]").ShouldStartWith("61 items");

    [Theory]
    [InlineData("[{\"id\":1},{\"id\":2}")]
    [InlineData("{\"a\":\"\\ud800")]
    [InlineData("[1,2,")]
    [InlineData("{")]
    public void Reduce_BrokenJson_IsNotJson(string text) => new JsonReducer().Reduce(new ToolOutput(text), int.MaxValue).ShouldBeNull();

    [Fact]
    public void Reduce_DeepNesting_IsNotJson() =>
        new JsonReducer().Reduce(new ToolOutput(new string('[', 100_000) + new string(']', 100_000)), int.MaxValue).ShouldBeNull();

    [Fact]
    public void Reduce_Smaller_KeepsTheFailure()
    {
        var text = Array(300, i => i == 250 ? Order(i, note: "\"Connection refused by node 7\"") : Order(i));

        var reduced = new JsonReducer().Reduce(new ToolOutput(text), 420).ShouldNotBeNull();

        reduced.Length.ShouldBeLessThanOrEqualTo(420);
        reduced.ShouldContain("Connection refused by node 7");
    }
}
