using System.Text;
using Strata.Models;

namespace Strata.Tests.Models;

public sealed class ModelFileTests
{
    [Fact]
    public void Parse_AFullRow_ReadsEveryNumber()
    {
        var model = Parse("""
            {"source":"my list","models":[
            {"provider":"acme","id":"m-1","family":"m","released":"2026-01-02","context":1000,"input":900,"output":100,
             "usdPerMTok":{"input":0.5,"output":2,"cacheRead":0.05,"cacheWrite":0.6},"tiers":[{"above":500,"input":1,"output":4}],
             "tools":true,"reasoning":false,"tokenizer":"claude","framing":"anthropic"}]}
            """).ShouldHaveSingleItem();

        (model.Provider, model.Id, model.Family, model.Released).ShouldBe(("acme", "m-1", "m", "2026-01-02"));
        (model.Window, model.InputLimit, model.OutputLimit).ShouldBe((1000, 900, 100));
        model.Prices.ShouldBe(new ModelPrices(.5m, 2, .05m, .6m) { LongPrompt = new(500, 1, 4, null, null) });
        (model.Tools, model.Reasoning).ShouldBe((true, false));
        (model.Tokenizer, model.Framing).ShouldBe(("claude", "anthropic"));
        (model.Source, model.LimitsSource, model.PricesSource).ShouldBe(("my list", "my list", "my list"));
    }

    [Fact]
    public void Parse_PricesByLifetimeModeAndDay_AreRead()
    {
        var model = Parse("""
            [{"id":"m-1","context":1000,"usdPerMTok":{"input":2,"output":10,"cacheWrite":2.5,"cacheWrite1h":4,"cacheWrite12h":5},
              "tiers":[{"above":500,"input":4,"output":15,"cacheWrite1h":8}],
              "modes":{"fast":{"input":4,"output":20,"cacheRead":0.4}},
              "scheduled":[{"from":"2027-03-01","input":3,"output":12},{"from":"2027-01-01","input":1,"output":6}],
              "thinkingBoundToPrefix":true}]
            """).ShouldHaveSingleItem();

        var prices = model.Prices.ShouldNotBeNull();
        (prices.CacheWrite1h, prices.CacheWrite12h, prices.LongPrompt!.CacheWrite1h).ShouldBe((4, 5, 8));
        prices.Modes["fast"].ShouldBe(new ModelPrices(4, 20, .4m, null));
        prices.On(new DateOnly(2026, 12, 31)).ShouldBe(prices);
        prices.On(new DateOnly(2027, 1, 1)).Input.ShouldBe(1);
        prices.On(new DateOnly(2028, 1, 1)).Input.ShouldBe(3);
        model.ThinkingBoundToPrefix.ShouldBe(true);
    }

    [Fact]
    public void Parse_ABareArrayWithCommentsAndByteOrderMark_IsRead() =>
        Parse("\uFEFF// mine\n[{\"id\":\"a\",\"context\":1},{\"id\":\"b\",\"context\":2,},]").Select(model => model.Id)
            .ShouldBe(["a", "b"]);

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\n\"models\":[\n{\"id\":", "line 3")]
    [InlineData("7", "\"models\"")]
    [InlineData("{}", "\"models\"")]
    [InlineData("{\"models\":{}}", "not an array")]
    [InlineData("[1]", "$.models[0] (line 1)")]
    [InlineData("[\n{\"id\":\"a\",\"context\":1},\n{\"context\":1}]", "$.models[1] (line 3): the model has no \"id\"")]
    [InlineData("[{\"id\":\"a\"}]", "a has no \"context\"")]
    [InlineData("[{\"id\":\"a\",\"context\":\"x\"}]", "$.models[0].context (line 1)")]
    [InlineData("[{\"id\":\"a\",\"context\":-1}]", "$.models[0].context (line 1): a number of tokens is at least 1")]
    [InlineData("[{\"id\":\"a\",\"context\":99999999999}]", "$.models[0].context")]
    [InlineData("[{\"id\":\"a\",\"context\":1.5}]", "$.models[0].context")]
    [InlineData("[{\"id\":7}]", "$.models[0].id")]
    [InlineData("[{\"id\":\"a\",\"contxt\":1}]", "$.models[0].contxt (line 1): unknown property")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"usdPerMTok\":{\"input\":1}}]", "no output price")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"usdPerMTok\":{\"input\":-1,\"output\":1}}]", "not negative")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"usdPerMTok\":{\"in\":1}}]", "unknown price 'in'")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"tokenizer\":\"gpt2\"}]", "'gpt2' is no tokenizer known here")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"framing\":\"x\"}]", "'x' is no framing known here")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"tiers\":[{\"above\":5,\"input\":1,\"output\":1}]}]", "usdPerMTok")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"modes\":{\"fast\":{\"input\":1,\"output\":1}}}]", "no \"usdPerMTok\"")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"modes\":[]}]", "$.models[0].modes (line 1): expected an object of modes")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"scheduled\":[{\"input\":1,\"output\":1}]}]", "a scheduled price has no \"from\"")]
    [InlineData("[{\"id\":\"a\",\"context\":1,\"scheduled\":[{\"from\":\"1.3.\",\"input\":1,\"output\":1}]}]", "'1.3.' is no day")]
    [InlineData("[] 1", "JSON")]
    public void Parse_AMalformedFile_NamesThePlace(string json, string named) =>
        Should.Throw<FormatException>(() => Parse(json)).Message.ShouldContain(named);

    private static IReadOnlyList<ModelInfo> Parse(string json) => ModelCatalogue.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
