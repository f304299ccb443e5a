using FsCheck;
using FsCheck.Fluent;
using Strata.Models;
using Strata.Tokens;

namespace Strata.Tests.Models;

public sealed partial class ModelCatalogueTests
{
    [Fact]
    public void Models_OfTheEmbeddedFiles_AreListedOnce() =>
        Catalogue.Models.Where(model => !model.Source.Contains("smart", StringComparison.Ordinal))
            .GroupBy(model => (model.Provider, ModelName.Canonical(model.Id)))
            .Where(rows => rows.Count() > 1)
            .Select(rows => rows.Key.Provider + "/" + rows.Key.Item2)
            .ShouldBeEmpty();

    [Fact]
    public void Find_EveryRowByProviderAndId_IsThatRow()
    {
        foreach (var model in Catalogue.Models.Where(model => model.Provider is not null))
        {
            var found = Catalogue.Find($"{model.Provider}/{model.Id}");
            (found.Kind, found.Model.Provider, found.Model.Id).ShouldBe((ModelMatchKind.ProviderAndId, model.Provider, model.Id));
        }
    }

    [Fact]
    public void Models_EveryRow_CanBeCountedAndNamesItsSources()
    {
        Catalogue.Models.Count.ShouldBeGreaterThan(1_000);
        foreach (var model in Catalogue.Models)
        {
            model.Window.ShouldBeGreaterThan(0);
            model.Source.ShouldNotBeNullOrWhiteSpace();
            TokenCounters.Find(model.Tokenizer).ShouldNotBeNull(model.Id);
            RequestFraming.Find(model.Framing).ShouldNotBeNull(model.Id);
        }
    }

    [Fact]
    public void Find_ANameOfTheSmartProfile_TakesLimitsAndPricesFromModelsDev()
    {
        var model = Catalogue.Find("gpt-4.1").Model;

        model.Prices.ShouldBe(new ModelPrices(2, 8, .5m, null));
        model.OutputLimit.ShouldBe(32_768);
        model.PricesSource.ShouldContain("models.dev");
        model.Source.ShouldContain("smart");
    }
}
