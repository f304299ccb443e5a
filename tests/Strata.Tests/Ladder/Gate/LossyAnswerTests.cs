using Strata.Formats;
using Strata.Ladder.Gate;
using Strata.Tests.Laws;
using Strata.Tests.Summaries;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Tests.Ladder.Gate;

/// <summary>What is left when models lose half, say something else, or turn everything round.</summary>
public sealed class LossyAnswerTests
{
    private const int PieceChars = 16_000;
    private const int MaxTokens = 400;

    private static readonly (string Name, Func<string, string> Lose)[] Losses =
    [
        ("every second sentence", text => string.Join(' ', Sentences(text).Where((_, i) => i % 2 == 1))),
        ("reversed", text => string.Join(' ', Sentences(text).AsEnumerable().Reverse())),
        ("no negations",
            text => text.Replace(" nie ", " immer ", StringComparison.Ordinal).Replace("Never", "Always", StringComparison.Ordinal)
                .Replace("not ", "", StringComparison.Ordinal)),
        ("no digits", text => string.Concat(text.Where(c => !char.IsAsciiDigit(c)))),
        ("one sentence", text => Sentences(text) is [var first, ..] ? first : text),
        ("nothing", _ => ""),
    ];

    [Theory]
    [InlineData("coding-session.jsonl")]
    [InlineData("incident-de.json")]
    public async Task Check_LossyAnswersOnASample_KeepEveryRule(string sample)
    {
        var transcript = await ReadAsync(Path.Combine(Repository.Root, "samples", sample));
        var accepted = 0;
        var rules = 0;
        foreach (var (request, honest) in Parts(transcript))
        {
            foreach (var (_, lose) in Losses)
            {
                var verdict = QualityGate.Check(request, lose(honest));
                if (verdict.Text is not { } text)
                    continue;
                accepted++;
                request.Counter.Count(text).ShouldBeLessThanOrEqualTo((int)(MaxTokens * 1.1));
                var match = new KeptMatch(text);
                foreach (var rule in request.MustKeep.Items.Where(item => item.Kind == KeptKind.Rule))
                {
                    rules++;
                    match.Holds(rule).ShouldBeTrue(rule.Text);
                }
            }
        }

        accepted.ShouldBeGreaterThan(10);
        rules.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Of_ChildTexts_CarriesRulesTasksAndNamesOn()
    {
        var first = Transcript.Create(SessionBuilder.Typical(2).Messages);
        var keep = MustKeep.Of(first, [.. first.Groups.Select(group => group.Index)]);
        keep.Items.ShouldContain(new KeptItem(KeptKind.Rule, "Never push to main without asking me."));
        keep.Items.ShouldContain(new KeptItem(KeptKind.Task, "[ ] Write the release note (open)"));
        keep.Items.ShouldContain(item => item.Kind == KeptKind.Name && item.Text.EndsWith("Dates/Part0.cs"));

        var child = Gated.Check("The leap rules were changed.", Gated.Request("The leap rules were changed, says the source.", keep)).Text
            .ShouldNotBeNull();
        var above = MustKeep.Of([child, "The tests pass."]);

        above.Items.ShouldContain(new KeptItem(KeptKind.Rule, "Never push to main without asking me."));
        above.Items.ShouldContain(new KeptItem(KeptKind.Task, "[ ] Write the release note (open)"));
        above.Items.ShouldContain(item => item.Kind == KeptKind.Name && item.Text.EndsWith("Dates/Part0.cs"));
        MustKeep.Of([child, "The release note: written, write of the release note is done."]).Items
            .ShouldNotContain(item => item.Kind == KeptKind.Task && item.Text.Contains("note"));
    }

    [Fact]
    public void Of_ChildTexts_ANewerRuleTakesTheOldersPlace()
    {
        var children = new[] { "Keep summaries under 200 words.", "From now on keep summaries under 120 words." }
            .Select(rule => KeptBlock.Join("The parser reads leap days.", [new KeptItem(KeptKind.Rule, rule)], "en")).ToList();

        MustKeep.Of(children).Items.Where(item => item.Kind == KeptKind.Rule).Select(item => item.Text)
            .ShouldBe(["From now on keep summaries under 120 words."]);
    }

    [Fact]
    public void Of_ALevel0Child_ReadsItsSections()
    {
        var summary = SessionBuilder.Typical(3).Summarize(500);

        var keep = MustKeep.Of([summary.Text]);

        keep.Items.ShouldContain(new KeptItem(KeptKind.Rule, "Never push to main without asking me."));
        keep.Items.ShouldContain(new KeptItem(KeptKind.Task, "[ ] Write the release note (open)"));
        keep.Items.ShouldNotContain(item => item.Kind == KeptKind.Task && item.Text.Contains("(done)"));
    }

    [Fact]
    public async Task Check_RealSessions_NothingThrows()
    {
        var root = Environment.GetEnvironmentVariable("STRATA_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "STRATA_DATA is not set.");
        foreach (var file in Directory.EnumerateFiles(root!, "*.json*", SearchOption.AllDirectories)
            .Where(file => file.Contains("sessions", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(12))
        {
            var (nodes, refused) = (0, 0);
            var counts = new Dictionary<(string, KeptKind), (int Kept, int All)>();
            foreach (var (request, honest) in Parts(await ReadAsync(file)))
            {
                foreach (var (name, lose) in Losses)
                {
                    nodes++;
                    var verdict = QualityGate.Check(request, lose(honest));
                    if (verdict.Text is not { } text)
                    {
                        refused++;
                        continue;
                    }

                    var match = new KeptMatch(text);
                    foreach (var item in request.MustKeep.Items)
                    {
                        var (kept, all) = counts.GetValueOrDefault((name, item.Kind));
                        counts[(name, item.Kind)] = (kept + (match.Holds(item) ? 1 : 0), all + 1);
                    }
                }
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(file)}: {nodes} answers, {refused} refused; "
                + $"{string.Join(", ", counts.Select(count => $"{count.Key}: {count.Value}"))}");
        }
    }

    // An answer such as a good model would give: what the user and the assistant said, shortened.
    private static IEnumerable<(GateRequest Request, string Honest)> Parts(Transcript transcript)
    {
        var language = ConversationLanguage.Of(transcript);
        foreach (var piece in Gated.Pieces(transcript, PieceChars))
        {
            var said = string.Join(
                ' ', piece.Select(group => transcript.Groups[group]).Where(group => group.Kind is GroupKind.User or GroupKind.Assistant)
                    .SelectMany(group => Sentences(MessageText.Of(group.Messages[0]))));
            var texts = Gated.Texts(transcript, piece);
            var counter = new CharCounter(4);
            yield return (new GateRequest
            {
                SourceTexts = texts, MustKeep = MustKeep.Of(transcript, piece), Language = language, MaxTokens = MaxTokens,
                InputTokens = texts.Sum(text => counter.Count(text)), Counter = counter,
            }, said.Length > MaxTokens * 7 ? said[..(MaxTokens * 7)] : said);
        }
    }

    private static List<string> Sentences(string text) => [.. SentenceSplitter.Split(text).Select(range => text[range])];

    private static async Task<Transcript> ReadAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var format = SessionFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, SessionFormats.HeadLength)));
        if (format is null)
            return Transcript.Empty;
        using var input = new MemoryStream(bytes);
        return Transcript.Create((await format.ReadAsync(input, TestContext.Current.CancellationToken)).Messages);
    }
}
