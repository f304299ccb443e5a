using Strata.Ladder.Prompts;
using Strata.Tokens;

namespace Strata.Tests.Ladder.Prompts;

public sealed class SummaryTemplateTests
{
    private static readonly PromptValues Values = new() { Language = "de", MaxTokens = 200, What = "one turn" };

    [Theory]
    [InlineData("one\ntwo {foo} three", "line 2, column 5", "{foo}")]
    [InlineData("a {language", "line 1, column 3", "not closed")]
    [InlineData("a {max_words\n}", "line 1, column 3", "not closed")]
    [InlineData("a }", "line 1, column 3", "'}'")]
    [InlineData("{", "line 1, column 1", "not closed")]
    [InlineData("{{{}}}", "line 1, column 3", "{}")]
    public void Parse_BadPlaceholder_IsNamedWithItsPlaceAndTheKnownOnes(string text, string place, string what)
    {
        var message = Should.Throw<ArgumentException>(() => SummaryTemplate.Parse(text)).Message;
        message.ShouldContain(place);
        message.ShouldContain(what);
        message.ShouldContain("{language}, {max_words}, {max_tokens}, {what}, {task}, {sections}");
    }

    [Fact]
    public void Render_Placeholders_AreFilledOnceAndBracesStay() => SummaryTemplate
        .Parse("{{x}} {language} {max_tokens} {what}: {task}")
        .Render(Values with { Task = "fix {language} </data> \"now\"\nand then" })
        .ShouldBe("{x} German 200 one turn: \"fix {language} ‹/data› 'now' and then\"");

    [Fact]
    public void RequiredSections_OfACustomTemplate_AreItsHeadings() =>
        SummaryTemplate.Parse("Write:\n## Goal\ntext\n  ## Open\n### no").RequiredSections.ShouldBe(["## Goal", "## Open"]);

    [Fact]
    public void Version_ChangesWithTextAndSections_AndWithNothingElse()
    {
        var version = SummaryTemplate.Parse("a {sections}", ["## A"]).Version;
        SummaryTemplate.Parse("a {sections}\r\n", ["## A"]).Version.ShouldBe(version);
        SummaryTemplate.Parse("b {sections}", ["## A"]).Version.ShouldNotBe(version);
        SummaryTemplate.Parse("a {sections}", ["## B"]).Version.ShouldNotBe(version);
    }

    [Fact]
    public void BuiltIn_Templates_AreShortAndListTheirSections()
    {
        var counter = TokenCounters.ForEncoding("o200k_base");
        var sizes = new[] { 1, 2, 3 }.Select(level => SystemTokens(SummaryTemplates.ForLevel(level), counter)).ToList();
        TestContext.Current.SendDiagnosticMessage($"system tokens: {string.Join(", ", sizes)}; session "
            + $"{SystemTokens(SummaryTemplates.ForTask("summarize_session")!, counter)}");
        sizes[0].ShouldBeLessThan(150);
        sizes[2].ShouldBeLessThan(250);
        foreach (var template in (SummaryTemplate[])[SummaryTemplates.ForLevel(3), SummaryTemplates.ForTask("summarize_session")!])
        {
            template.RequiredSections.Count.ShouldBeGreaterThan(2);
            template.Render(Values).ShouldContain(string.Join('\n', template.RequiredSections));
        }
    }

    private static int SystemTokens(SummaryTemplate template, ITokenCounter counter) =>
        counter.Count(SummaryPrompt.Create(template, Values, [new SourceItem(SourceVoice.User, null, "hello")], 8_000, counter)[0].Text);
}
