using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Reducing.Shortening;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Reducing.Shortening;

public class ContentShortenerProperties
{
    // Two chars a token: the shortest marker then takes 13 of the tokens allowed, as in real tokenizers.
    private static readonly CharCounter Counter = new(2);

    private static readonly Gen<string> Texts =
        from pieces in Gen.Elements(
            "word ", "\n", "😀", "日本語。", "[9 tokens cut; recall 0123456789ab]", "\"", "\\", "<tag>", "error: x\n", new string('y', 90))
            .ListOf()
        from repeat in Gen.Choose(1, 20)
        select string.Concat(Enumerable.Repeat(string.Concat(pieces), repeat));

    private static readonly Gen<AIContent> Contents = Gen.OneOf(
        Texts.Select(AIContent (text) => new TextContent(text)),
        Texts.Select(AIContent (text) => new TextReasoningContent(text)),
        Texts.Select(AIContent (text) => new FunctionResultContent("id", text)),
        Texts.Two().Select(AIContent (texts) => new FunctionCallContent(
            "id", "tool", new Dictionary<string, object?> { ["a"] = texts.Item1, ["b"] = texts.Item2, ["n"] = 3 })));

    private static readonly Gen<(AIContent Content, int Max)> Cases =
        Contents.SelectMany(_ => Gen.Choose(1, 300), (content, max) => (content, max));

    [Fact]
    public void Shorten_AnyContent_NeverExceedsTheLimitNorGrows() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var before = Counter.Count(MessageText.Of(test.Content));
        var after = Counter.Count(MessageText.Of(ContentShortener.Shorten(test.Content, test.Max, Counter)));
        return after <= Math.Max(test.Max, ContentShortener.MinTokens) && after <= before;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shorten_AnyContent_KeepsKindCallIdAndName() => Prop.ForAll(Cases.ToArbitrary(), test =>
        (test.Content, ContentShortener.Shorten(test.Content, test.Max, Counter)) switch
        {
            (FunctionCallContent a, FunctionCallContent b) => a.CallId == b.CallId && a.Name == b.Name && b.Arguments is not null,
            (FunctionResultContent a, FunctionResultContent b) => a.CallId == b.CallId,
            var (a, b) => a.GetType() == b.GetType(),
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shorten_Twice_NeverNestsMarkers() =>
        Prop.ForAll(Contents.Where(content => content is not FunctionCallContent).ToArbitrary(), content =>
        {
            var once = ContentShortener.Shorten(content, 120, Counter);
            var twice = MessageText.Of(ContentShortener.Shorten(once, 60, Counter))!;
            return Counter.Count(MessageText.Of(content)) <= 60 || CutMarker.Parse(twice) is not null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shorten_SameInput_SameOutput() => Prop.ForAll(Cases.ToArbitrary(), test =>
        MessageText.Of(ContentShortener.Shorten(test.Content, test.Max, Counter)) ==
        MessageText.Of(ContentShortener.Shorten(test.Content, test.Max, Counter))).QuickCheckThrowOnFailure();
}
