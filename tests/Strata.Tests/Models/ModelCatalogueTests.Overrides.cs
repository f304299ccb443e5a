using FsCheck;
using FsCheck.Fluent;
using Strata.Models;
using Strata.Tokens;

namespace Strata.Tests.Models;

public sealed partial class ModelCatalogueTests
{
    [Fact]
    public void With_AnOverride_WinsOverTableAndRowsAndKeepsWhatItLeavesOut()
    {
        var catalogue = Catalogue.With(
            new ModelInfo { Id = "gpt-4.1", Window = 50_000, Source = "option" },
            new ModelInfo { Id = "my-model", Window = 9_000, Source = "models.local.json", Tokenizer = "qwen" });

        var known = catalogue.Find("gpt-4.1").Model;
        (known.Window, known.Source, known.OutputLimit).ShouldBe((50_000, "option", 32_768));
        known.Prices.ShouldBe(new ModelPrices(2, 8, .5m, null));
        known.PricesSource.ShouldContain("models.dev");
        catalogue.Find("gpt-4.1-2025-04-14").Model.Window.ShouldBe(50_000);
        catalogue.Find("my-model").Kind.ShouldBe(ModelMatchKind.Exact);
        catalogue.Find("My_Model:latest").Model.Tokenizer.ShouldBe("qwen");
        catalogue.Find("openai/gpt-4.1").Model.Window.ShouldBe(1_047_576);
        Catalogue.Find("gpt-4.1").Model.Window.ShouldBe(1_000_000);
    }

    [Fact]
    public void With_AnOverrideOfAProvider_HoldsForThatProvider()
    {
        var catalogue = Catalogue.With(new ModelInfo { Provider = "azure", Id = "gpt-4o", Window = 64_000, Source = "option" });

        catalogue.Find("azure/gpt-4o").Model.Window.ShouldBe(64_000);
        catalogue.Find("openai/gpt-4o").Model.Window.ShouldBe(128_000);
    }

    [Fact]
    public void With_TwiceTheSameName_TheLaterWins()
    {
        var catalogue = Catalogue
            .With(new ModelInfo { Id = "x1", Window = 1_000, Source = "a" })
            .With(new ModelInfo { Id = "X1", Window = 2_000, Source = "b" });

        catalogue.Find("x1").Model.Window.ShouldBe(2_000);
        catalogue.Models.Count(model => model.Id is "x1" or "X1").ShouldBe(1);
    }

    [Theory]
    [InlineData("gpt-4o", "o200k_base")]
    [InlineData("gpt-4", "cl100k_base")]
    [InlineData("gpt-3.5-turbo", "cl100k_base")]
    [InlineData("gpt-oss-120b", "o200k_harmony")]
    [InlineData("o3-mini", "o200k_base")]
    [InlineData("claude-opus-4-6", "claude")]
    [InlineData("claude-opus-4-7", "claude-2026")]
    [InlineData("claude-sonnet-5", "claude-2026")]
    [InlineData("anthropic/claude-opus-4.8", "claude-2026")]
    [InlineData("us.anthropic.claude-opus-4-7", "claude-2026")]
    [InlineData("gemini-2.5-pro", "gemini")]
    [InlineData("unheard-of", "other")]
    public void CounterFor_AModel_IsItsTokenizer(string name, string tokenizer)
    {
        var model = Catalogue.Find(name).Model;

        model.Tokenizer.ShouldBe(tokenizer);
        ModelCatalogue.CounterFor(model).ShouldBeSameAs(TokenCounters.Find(tokenizer));
    }

    [Theory]
    [InlineData("claude-opus-4-6", "anthropic")]
    [InlineData("gemini-2.5-pro", "google")]
    [InlineData("gpt-5-mini", "openai-patch-1.62")]
    [InlineData("gpt-4o", "openai")]
    [InlineData("qwen3:4b", "chat-template")]
    [InlineData("unheard-of", "chat-template")]
    public void MessageCounterFor_AModel_HasTheFramingOfItsVendor(string name, string framing) =>
        ModelCatalogue.MessageCounterFor(Catalogue.Find(name).Model).Framing.Name.ShouldBe(framing);

    [Theory]
    [InlineData("Qwen2.5", "qwen-2-5")]
    [InlineData("qwen-2.5", "qwen-2-5")]
    [InlineData("gpt-4o", "gpt-4-o")]
    [InlineData("a--b__c.", "a-b-c")]
    [InlineData("-x-/-y", "x/y")]
    [InlineData("", "")]
    [InlineData("--", "")]
    [InlineData("Ünï4", "Ünï-4")]
    public void Canonical_Spellings_AreOne(string name, string expected) => ModelName.Canonical(name).ShouldBe(expected);
}
