using System.Text;
using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed partial class CompactCommandTests
{
    [Theory]
    [InlineData("2")]
    [InlineData("forecast_2_17")]
    public async Task Compact_PinnedGroup_StaysWordForWord(string pin)
    {
        using var cli = new Support.Cli();
        var original = SampleSession.SourceCode(2).Split('\n')[16];

        (await cli.RunAsync("compact", cli.Session(), "--target", "30%", "--pin", pin == "2" ? "6" : pin)).ShouldExitWith(0);

        (await File.ReadAllTextAsync(cli.PathOf("session.compacted.jsonl"), TestContext.Current.CancellationToken))
            .ShouldContain(JsonEncodedText.Encode(original).ToString());
    }

    [Fact]
    public async Task Compact_PinsAloneExceedTheTarget_CannotFit()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "1500", "--pin", "forecast")).ShouldExitWith(1);

        result.Error.ShouldContain("Cannot fit: what you pinned is");
        result.Output.ShouldBeEmpty();
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Fact]
    public async Task Compact_PinWithoutMatch_IsBadInput()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session(), "--pin", "unheard of")).ShouldExitWith(2).Error
            .ShouldContain("no message holds this text");
        (await cli.RunAsync("compact", cli.Session(), "--pin", "0")).ShouldExitWith(2).Error.ShouldContain("the groups 1 to 32");
        (await cli.RunAsync("compact", cli.Session(), "--pin", "33")).ShouldExitWith(2).Error.ShouldContain("the groups 1 to 32");
    }

    [Fact]
    public async Task Compact_TargetAboveTheWindow_NamesBothAndTheWayOut()
    {
        using var cli = new Support.Cli();

        var error = (await cli.RunAsync("compact", cli.Session(), "--window", "10000", "--target", "12k")).ShouldExitWith(2).Error;

        error.ShouldContain("12,000");
        error.ShouldContain("10,000");
        error.ShouldContain("Lower the target");
    }

    [Fact]
    public async Task Compact_ShareAboveWhatTheWindowAllows_IsLoweredAndSaid()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--window", "10000", "--target", "90%", "--json")).ShouldExitWith(0);

        Json(result).GetProperty("target").GetInt32().ShouldBe(6_300);
        Json(result).GetProperty("notes")[0].GetString()!.ShouldContain("lowered to 6,300");
    }

    [Fact]
    public async Task Compact_UnknownModel_AssumesAWindowAndSaysSo()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(model: null), "--target", "50%")).ShouldExitWith(0);

        result.Output.ShouldContain("\nwindow 32,000 (assumed), threshold ");
        result.Output.ShouldContain("Note: The file names no model: a window of 32,000 tokens is assumed; --model or --window sets it.\n");
    }

    [Fact]
    public async Task Compact_UnknownModelAndATargetAboveTheAssumedWindow_DoesWhatWasAsked()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(turns: 40, model: null), "--target", "60%", "--json")).ShouldExitWith(0);

        Json(result).GetProperty("target").GetInt32().ShouldBeGreaterThan(32_000);
        Json(result).GetProperty("outcome").GetString().ShouldBe("compacted");
        var window = Json(result).GetProperty("window").GetInt32();
        window.ShouldBe(Json(result).GetProperty("target").GetInt32() * 2);
        Json(result).GetProperty("notes")[0].GetString().ShouldBe(
            FormattableString.Invariant(
                $"The file names no model: a window of {window:N0} tokens is assumed, twice the target; --model or --window sets it."));
    }

    [Fact]
    public async Task Compact_ThresholdAsShare_IsAShareOfTheAvailableWindow()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--window", "100k", "--threshold", "10%", "--json")).ShouldExitWith(0);

        Json(result).GetProperty("threshold").GetInt32().ShouldBe(9_000);
        Json(result).GetProperty("outcome").GetString().ShouldBe("compacted");
    }
}
