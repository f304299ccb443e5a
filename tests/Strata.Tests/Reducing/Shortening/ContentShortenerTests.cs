using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Reducing.Shortening;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Reducing.Shortening;

public class ContentShortenerTests
{
    private static readonly CharCounter Counter = new(3);

    private static string Lines(int count) =>
        string.Join('\n', Enumerable.Range(1, count).Select(Line));

    private static string Line(int i) => string.Create(CultureInfo.InvariantCulture, $"line {i} of {Word(i)} {Word(i * 7)}");

    // Lines that are not alike: of no kind of output.
    private static string Word(int seed) =>
        new([.. Enumerable.Range(0, 8).Select(i => (char)('a' + (((seed * 31) + (i * i * 17) + (seed / 26 * i)) % 26)))]);

    private static string Text(AIContent content) => MessageText.Of(content)!;

    [Fact]
    public void Shorten_ContentThatFits_IsTheSameInstance()
    {
        var content = new FunctionResultContent("c1", "short");

        ContentShortener.Shorten(content, 100, Counter).ShouldBeSameAs(content);
    }

    [Fact]
    public void Shorten_LongResult_KeepsHeadAndTailAroundAMarkerWithItsOwnHandle()
    {
        var content = new FunctionResultContent("c1", Lines(1000));

        var shorter = ContentShortener.Shorten(content, 100, Counter).ShouldBeOfType<FunctionResultContent>();

        shorter.CallId.ShouldBe("c1");
        var text = Text(shorter);
        Counter.Count(text).ShouldBeLessThanOrEqualTo(100);
        text.ShouldStartWith(Line(1) + "\n");
        text.ShouldEndWith(Line(1000));
        text.ShouldContain($" tokens cut; recall {ContentHandle.HandleOf(content)}]");
        text.Split('\n').ShouldAllBe(line => line.StartsWith("line ", StringComparison.Ordinal) || line.StartsWith('['));
    }

    [Fact]
    public void Shorten_LongResult_SaysHowManyTokensAreGone()
    {
        var content = new TextContent(new string('x', 30_000));

        var parts = CutMarker.Parse(Text(ContentShortener.Shorten(content, 200, Counter))).ShouldNotBeNull();

        (parts.Tokens + Counter.Count(parts.Head) + Counter.Count(parts.Tail)).ShouldBeInRange(10_000, 10_002);
        parts.Marker.ShouldStartWith("[9,");
    }

    [Fact]
    public void Shorten_ShortenedContent_KeepsTheFirstHandleAndOneMarker()
    {
        var original = new FunctionResultContent("c1", Lines(1000));

        var twice = ContentShortener.Shorten(ContentShortener.Shorten(original, 400, Counter), 60, Counter);

        var parts = CutMarker.Parse(Text(twice)).ShouldNotBeNull();
        parts.Handle.ShouldBe(ContentHandle.HandleOf(original));
        parts.Head.ShouldStartWith("line 1 ");
        parts.Tail.ShouldEndWith(Line(1000));
        (parts.Tokens + Counter.Count(parts.Head) + Counter.Count(parts.Tail)).ShouldBeInRange(
            Counter.Count(Lines(1000)) - 4, Counter.Count(Lines(1000)) + 4);
    }

    [Fact]
    public void Shorten_TextThatQuotesSeveralMarkers_LeavesOnlyItsOwn()
    {
        var content = new TextContent("[5 tokens cut; recall 000000000000]\n" + Lines(500) + "\n[6 tokens cut; recall 111111111111]");

        CutMarker.Parse(Text(ContentShortener.Shorten(content, 100, Counter))).ShouldNotBeNull().Handle
            .ShouldBe(ContentHandle.HandleOf(content));
    }

    [Fact]
    public void Shorten_BelowTheMinimum_IsTheShortestMarker()
    {
        var content = new TextContent(Lines(100));

        Text(ContentShortener.Shorten(content, 1, new CharCounter(1))).ShouldBe($"[cut; recall {ContentHandle.HandleOf(content)}]");
    }

    [Fact]
    public void Shorten_SignedReasoning_IsTheSameInstance()
    {
        var content = new TextReasoningContent(Lines(100)) { ProtectedData = "signature" };

        ContentShortener.Shorten(content, 30, Counter).ShouldBeSameAs(content);
    }

    [Fact]
    public void Shorten_Image_BecomesALineThatSaysWhatItWas()
    {
        var image = new DataContent(new byte[12_345], "image/png");

        Text(ContentShortener.Shorten(image, 5000, Counter))
            .ShouldBe($"[image/png, 12,345 bytes cut; recall {ContentHandle.HandleOf(image)}]");
    }

    [Fact]
    public void Shorten_ResultWithAnImage_BecomesText()
    {
        var content = new FunctionResultContent(
            "c1", new List<AIContent> { new TextContent("a chart"), new DataContent(new byte[2000], "image/png") });

        Text(ContentShortener.Shorten(content, 100, Counter)).ShouldBe("a chart\n[image/png, 2,000 bytes cut]");
    }

    [Fact]
    public void Shorten_JsonResult_BecomesText()
    {
        var json = JsonSerializer.SerializeToElement(Enumerable.Range(0, 500));

        var shorter = (FunctionResultContent)ContentShortener.Shorten(new FunctionResultContent("c1", json), 50, Counter);

        shorter.Result.ShouldBeOfType<string>().ShouldContain("500 items");
    }

    [Fact]
    public void Shorten_CallArguments_ShortensLongStringsAndKeepsTheRest()
    {
        var call = new FunctionCallContent("c1", "Write", new Dictionary<string, object?>
        {
            ["file_path"] = "/src/a.cs",
            ["line"] = 12,
            ["content"] = Lines(400),
            ["edits"] = JsonSerializer.SerializeToElement(new[] { new { old = Lines(200), count = 3 } }),
        });

        var shorter = ContentShortener.Shorten(call, 200, Counter).ShouldBeOfType<FunctionCallContent>();

        Counter.Count(Text(shorter)).ShouldBeLessThanOrEqualTo(200);
        (shorter.CallId, shorter.Name).ShouldBe(("c1", "Write"));
        shorter.Arguments.ShouldNotBeNull();
        shorter.Arguments["file_path"].ShouldBe("/src/a.cs");
        shorter.Arguments["line"].ShouldBe(12);
        shorter.Arguments["content"].ShouldBeOfType<string>().ShouldContain($"recall {ContentHandle.HandleOf(call)}]");
        ((JsonElement)shorter.Arguments["edits"]!)[0].GetProperty("count").GetInt32().ShouldBe(3);
        call.Arguments!["content"].ShouldBe(Lines(400));
    }

    [Fact]
    public void Shorten_ShortenedCall_KeepsTheFirstHandle()
    {
        var call = new FunctionCallContent(
            "c1", "Write", new Dictionary<string, object?> { ["a"] = Lines(400), ["b"] = Lines(300), ["path"] = "x" });

        var twice = ContentShortener.Shorten(ContentShortener.Shorten(call, 400, Counter), 100, Counter);

        CutMarker.OnlyHandle(Text(twice)).ShouldBe(ContentHandle.HandleOf(call));
    }

    [Fact]
    public void Shorten_CallWithTooManyArguments_StaysAnObject()
    {
        var call = new FunctionCallContent(
            "c1", "Many", Enumerable.Range(0, 500).ToDictionary(i => i.ToString(CultureInfo.InvariantCulture), i => (object?)i));

        var shorter = (FunctionCallContent)ContentShortener.Shorten(call, 40, Counter);

        shorter.Arguments.ShouldNotBeNull().Keys.ShouldBe(["cut"]);
        Counter.Count(Text(shorter)).ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public void Shorten_NeverSplitsASurrogatePair()
    {
        var content = new TextContent(string.Concat(Enumerable.Repeat("😀", 5000)));

        for (var max = 30; max < 60; max++)
            Text(ContentShortener.Shorten(content, max, Counter)).EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
    }

    [Fact]
    public void Shorten_Copy_DropsTheRawRepresentationThatStillHoldsTheWhole()
    {
        var content = new TextContent(Lines(500)) { RawRepresentation = new object() };

        ContentShortener.Shorten(content, 50, Counter).RawRepresentation.ShouldBeNull();
    }
}
