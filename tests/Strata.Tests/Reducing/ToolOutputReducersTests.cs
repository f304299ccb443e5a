using Microsoft.Extensions.AI;
using Strata.Reducing.Shortening;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Reducing;

public class ToolOutputReducersTests
{
    private static readonly CharCounter Counter = new(4);

    private static readonly FunctionResultContent Build = new(
        "c1", Reduced.Lines(400, i => i == 200 ? "src/a.c:3:1: error: x undeclared" : $"[{i}/400] Building C object {i}.o"));

    [Fact]
    public void Shorten_Result_BeginsWithItsKindWhatIsGoneAndItsHandle()
    {
        var text = MessageText.Of(ContentShortener.Shorten(Build, 100, Counter))!;

        text.ShouldStartWith("[log reduced, ");
        text.Split('\n')[0].ShouldEndWith($" tokens cut; recall {ContentHandle.HandleOf(Build)}]");
        text.ShouldContain("\nsrc/a.c:3:1: error: x undeclared\n");
        (CutMarker.Parse(text)!.Value.Tokens + Counter.Count(text.AsSpan(text.IndexOf('\n', StringComparison.Ordinal) + 1)))
            .ShouldBe(Counter.Count(MessageText.Of(Build)));
    }

    [Fact]
    public void Shorten_ReducedResult_FurtherKeepsHandleAndBothEnds()
    {
        var once = ContentShortener.Shorten(Build, 100, Counter);

        var twice = MessageText.Of(ContentShortener.Shorten(once, 40, Counter))!;

        var parts = CutMarker.Parse(twice).ShouldNotBeNull();
        parts.Handle.ShouldBe(ContentHandle.HandleOf(Build));
        parts.Head.ShouldStartWith("[0/400]");
        parts.Tail.ShouldEndWith("399.o");
    }

    [Fact]
    public void Shorten_ResultOfACall_KeepsTheRowThatWasAskedFor()
    {
        var call = new FunctionCallContent("c1", "get_orders", new Dictionary<string, object?> { ["order_id"] = "ord_0777" });
        var rows = "[" + string.Join(',', Enumerable.Range(0, 900).Select(i => $$"""{"id":"ord_{{i:0000}}","total":{{i % 40}}}""")) + "]";

        var shorter = ContentShortener.Shorten(new FunctionResultContent("c1", rows), 200, Counter, call);

        MessageText.Of(shorter)!.ShouldContain("\n777,ord_0777,17");
    }

    [Fact]
    public void Parse_ReducedMarkerBelowTheFirstLine_IsSomebodysQuotation()
    {
        var quoted = "the log:\n[log reduced, 12 tokens cut; recall 0123456789ab]\nline";

        CutMarker.Parse(quoted).ShouldBeNull();
        CutMarker.Parse(quoted["the log:\n".Length..]).ShouldNotBeNull();
    }

    [Fact]
    public void Shorten_ForeignMarkerNearTheEnd_IsNotTakenForOurs()
    {
        var result = new FunctionResultContent("c1",
            string.Concat(Enumerable.Range(0, 300).Select(i => $"{(char)('a' + (i % 26))}{i * 7919:x} {i * 31:x}{(char)('k' + (i % 9))}\n"))
                + "[12 tokens cut; recall 0123456789ab]\nend");

        var parts = CutMarker.Parse(MessageText.Of(ContentShortener.Shorten(result, 100, Counter))!).ShouldNotBeNull();

        parts.Handle.ShouldBe(ContentHandle.HandleOf(result));
        parts.Tail.ShouldEndWith("(12 tokens cut; recall 0123456789ab]\nend");
    }

    [Fact]
    public void Shorten_ColouredTextOfNoKind_LosesItsColoursFirst()
    {
        var result = new FunctionResultContent(
            "c1", string.Concat(Enumerable.Range(0, 20).Select(i => $"\u001b[38;5;{i}mw{(char)('a' + i)}\u001b[0m")));

        MessageText.Of(ContentShortener.Shorten(result, 40, Counter))!
            .ShouldEndWith("recall " + ContentHandle.HandleOf(result) + "]\nwawbwcwdwewfwgwhwiwjwkwlwmwnwowpwqwrwswt");
    }
}
