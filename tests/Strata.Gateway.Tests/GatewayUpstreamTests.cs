namespace Strata.Gateway.Tests;

public sealed class GatewayUpstreamTests
{
    [Theory]
    [InlineData("openai=http://127.0.0.1:8000/base", "openai", "http://127.0.0.1:8000/base")]
    [InlineData("anthropic=https://vendor.example", "anthropic", "https://vendor.example/")]
    public void Parse_OfANameAndAnAddress_HasBoth(string text, string name, string url)
    {
        var upstream = GatewayUpstream.Parse(text);

        upstream.Name.ShouldBe(name);
        upstream.Url.AbsoluteUri.ShouldBe(url);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000", "NAME=URL")]
    [InlineData("azure=http://127.0.0.1:8000", "anthropic, openai")]
    [InlineData("openai=127.0.0.1", "address")]
    [InlineData("openai=ftp://127.0.0.1", "address")]
    [InlineData("openai=http://user:secret@127.0.0.1", "address")]
    public void Parse_OfAnythingElse_SaysWhatIsWanted(string text, string words) =>
        Should.Throw<FormatException>(() => GatewayUpstream.Parse(text)).Message.ShouldContain(words);

    [Fact]
    public void ToString_OfAnUpstreamWithAKey_DoesNotShowIt() =>
        new GatewayUpstream("openai", new Uri("http://127.0.0.1")) { Key = "sk-secret" }.ToString().ShouldNotContain("sk-secret");
}
