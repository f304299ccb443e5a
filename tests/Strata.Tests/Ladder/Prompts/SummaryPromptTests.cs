using Microsoft.Extensions.AI;
using Strata.Ladder.Prompts;
using Strata.Tokens;

namespace Strata.Tests.Ladder.Prompts;

public sealed class SummaryPromptTests
{
    private static readonly ITokenCounter Counter = TokenCounters.ForEncoding("o200k_base");
    private static readonly PromptValues Values = new() { Language = "en", MaxTokens = 200, What = "one turn" };

    [Fact]
    public void Create_AShortTurn_CostsLessThanTwiceItsSize()
    {
        SourceItem[] turn = [User("Please fix the parser of dates in src/Dates.cs, leap days are read wrongly."),
            Assistant(string.Join(' ', Enumerable.Repeat("The century rule was missing, so I changed IsLeapYear.", 17)))];
        var source = turn.Sum(item => Counter.Count(item.Text));
        source.ShouldBeInRange(190, 260);
        var prompt = Create(turn, 8_000).Sum(message => Counter.Count(message.Text));
        TestContext.Current.SendDiagnosticMessage($"turn {source}, prompt {prompt}");
        prompt.ShouldBeLessThan(2 * source);
    }

    [Fact]
    public void Create_OtherContent_HasTheSameSystemMessageAndOtherDelimiters()
    {
        var (one, two) = (Create([User("a")], 8_000),
            SummaryPrompt.Create(
                SummaryTemplates.ForLevel(1), Values with { What = "a piece of a turn", Task = "x" }, [User("b")], 8_000, Counter));
        two[0].Text.ShouldBe(one[0].Text);
        two[1].Text[..15].ShouldNotBe(one[1].Text[..15]);
        Create([User("a")], 8_000)[1].Text.ShouldBe(one[1].Text);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1_000)]
    [InlineData(4_000)]
    public void Create_MoreThanFits_CutsTheLongestMiddlesAndSaysSo(int max)
    {
        var log = "FIRST LINE\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i} of the log\n")) + "LAST LINE";
        var prompt = Create([User("Why does the build fail?"), Tool("Bash", log), Assistant("The linker is missing.")], max);
        Tokens(prompt).ShouldBeLessThanOrEqualTo(max);
        Tokens(prompt).ShouldBeGreaterThan(max * 8 / 10);
        foreach (var kept in (string[])["Why does the build fail?", "FIRST LINE", "LAST LINE", "The linker is missing.",
            "tokens left out …]"])
            prompt[1].Text.ShouldContain(kept);
        prompt[1].Text.ShouldEndWith("Begin directly.");
    }

    [Fact]
    public void Create_TenThousandItems_KeepsTheUsersAndCountsTheOthers()
    {
        var items =
            Enumerable.Range(0, 10_000).Select(i => i % 1_000 == 0 ? User($"Request number {i}.") : Tool("Read", $"content {i}")).ToList();
        var prompt = Create(items, 3_000);
        Tokens(prompt).ShouldBeLessThanOrEqualTo(3_000);
        for (var i = 0; i < items.Count; i += 1_000)
            prompt[1].Text.ShouldContain($"Request number {i}.");
        var left = System.Text.RegularExpressions.Regex.Matches(prompt[1].Text, @"\[… (\d+) items? left out …\]")
            .Sum(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        var kept = System.Text.RegularExpressions.Regex
            .Count(prompt[1].Text, @"^\[[0-9a-f]{6}\] ", System.Text.RegularExpressions.RegexOptions.Multiline);
        (left + kept).ShouldBe(items.Count);
    }

    [Fact]
    public void Create_WindowSmallerThanTheTemplate_NamesBothNumbers()
    {
        var message = Should.Throw<ArgumentException>(() => Create([User("a")], 120)).Message;
        message.ShouldContain("takes 120 tokens");
        message.ShouldMatch("the template takes [0-9]+");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud800 lone \udc00")]
    [InlineData("日本語のテキスト、とても長い。")]
    [InlineData("שלום עולם")]
    public void Create_HardTexts_MakeTheSameBytesTwice(string text)
    {
        SourceItem[] items = [User(text), Tool(null, string.Concat(Enumerable.Repeat(text, 2_000)))];
        var prompt = Create(items, 500);
        Tokens(prompt).ShouldBeLessThanOrEqualTo(500);
        Create(items, 500)[1].Text.ShouldBe(prompt[1].Text);
        Should.NotThrow(() => new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(prompt[1].Text));
    }

    private static SourceItem User(string text) => new(SourceVoice.User, null, text);

    private static SourceItem Assistant(string text) => new(SourceVoice.Assistant, null, text);

    private static SourceItem Tool(string? name, string text) => new(SourceVoice.ToolResult, name, text);

    private static IReadOnlyList<ChatMessage> Create(IReadOnlyList<SourceItem> items, int max) =>
        SummaryPrompt.Create(SummaryTemplates.ForLevel(1), Values, items, max, Counter);

    private static int Tokens(IReadOnlyList<ChatMessage> prompt) => prompt.Sum(message => Counter.Count(message.Text));
}
