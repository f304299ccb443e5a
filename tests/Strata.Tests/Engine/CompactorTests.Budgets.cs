using Microsoft.Extensions.AI;
using Strata.Models;
using Strata.Planning;
using Strata.Summaries;
using Strata.LevelZero;
using Strata.Transcripts;

namespace Strata.Tests.Engine;

public sealed partial class CompactorTests
{
    [Theory]
    [InlineData("gpt-4-turbo", 128_000, 80_640, 34_560)]
    [InlineData("gpt-4", 8_192, 5_160, 2_211)]
    public void Budget_OfTheModelsInSeedOne_IsThatOfSeedOne(string model, int window, int threshold, int target)
    {
        var budget = Compactor.Create(model).Budget;
        (budget.Window, budget.Threshold, budget.Target).ShouldBe((window, threshold, target));
    }

    [Theory]
    [InlineData("ORCHESTRATOR", 140_000)]
    [InlineData("CODING", 89_600)]
    [InlineData("REASONING", 44_800)]
    [InlineData("GENERAL", 22_400)]
    [InlineData("FAST", 22_400)]
    public void Budget_OfTheTiersInSeedTwo_IsThatOfSeedTwo(string tier, int threshold) =>
        new Compactor(CompactionProfiles.Tiered with { Model = tier }).Budget.Threshold.ShouldBe(threshold);

    [Fact]
    public void Budget_ModelThatTakesLessInputThanItsWindow_CountsTheInput()
    {
        var catalogue = ModelCatalogue.Default.With(
            new ModelInfo { Id = "narrow", Window = 400_000, InputLimit = 272_000, Source = "test" });
        new Compactor(new CompactionOptions { Model = "narrow", Catalogue = catalogue }).Budget.Window.ShouldBe(272_000);
    }

    [Fact]
    public void GetTokenUsage_LowerThresholdForOneCall_TakesTheTargetDownWithIt()
    {
        var usage = Compactor.Create("gpt-4-turbo").GetTokenUsage(new CompactionRequest { Messages = Session(1), Threshold = 8_064 });
        (usage.Threshold, usage.Target).ShouldBe((8_064, 3_456));
    }

    [Fact]
    public void GetTokenUsage_TextThatWasSetAnew_IsCountedAnew()
    {
        var compactor = Compactor.Create("gpt-4");
        List<ChatMessage> messages = [new(ChatRole.User, "hello"), new(ChatRole.Assistant, "so")];
        var before = compactor.GetTokenUsage(messages).Current;
        ((TextContent)messages[1].Contents[0]).Text = string.Join(' ', Enumerable.Repeat("word", 500));
        compactor.GetTokenUsage(messages).Current.ShouldBeGreaterThan(before + 400);
    }

    [Fact]
    public async Task CompactAsync_TargetAboveTheWindow_NamesBothNumbers()
    {
        var exception = await Should.ThrowAsync<ArgumentException>(async () => await Compactor.Create("gpt-4").CompactAsync(
            new CompactionRequest { Messages = Session(1), Target = 9_000, Force = true }));
        exception.Message.ShouldContain("9,000");
        exception.Message.ShouldContain("8,192");
    }

    [Fact]
    public void GetTokenUsage_WithTools_CountsWhatIsSent()
    {
        var compactor = Compactor.Create("gpt-4o");
        List<ChatMessage> messages = [new(ChatRole.User, "hello")];
        var tool = AIFunctionFactory.Create((string path, int limit) => path, "read_file", "Reads a file from the disk.");
        var plain = compactor.GetTokenUsage(messages);
        var usage = compactor.GetTokenUsage(messages, new ChatOptions { Instructions = "Be brief.", Tools = [tool] });
        usage.Current.ShouldBeGreaterThan(plain.Current + 20);
        usage.Headroom.ShouldBe(usage.Threshold - usage.Current);
        usage.ErrorBand.ShouldBe(0);
    }
}
