using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Rendering;
using Strata.LevelZero;
using Strata.LevelZero.Wording;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>What holds whatever the contents say.</summary>
public sealed class HostileProperties
{
    private static readonly string[] VoiceOfTheUser =
        [SummaryFormat.FirstRequest, SummaryFormat.Requests, SummaryFormat.Rules, SummaryFormat.Facts];
    private static readonly char[] LineEnds = ['\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f'];

    [Theory, InlineData("hybrid"), InlineData("summary")]
    public void CompactAsync_FiveTimes_StaysValidSmallAndInItsVoice(string strategy) =>
        Prop.ForAll(HostileConversations.Steps(), Gen.Choose(0, 50).ToArbitrary(), (steps, share) =>
        {
            IReadOnlyList<ChatMessage> conversation = [];
            var part = (steps.Length / 5) + 1;
            for (var round = 0; round < 5; round++)
            {
                conversation = [.. conversation, .. HostileConversations.Build([.. steps.Skip(round * part).Take(part)])];
                var target = Math.Max(30, new Compactor(Options(strategy)).GetTokenUsage(conversation).Current * share / 100);
                var result = Compact(strategy, conversation, target);
                Texts(Compact(strategy, conversation, target).Messages).ShouldBe(Texts(result.Messages));
                if (result.Outcome != CompactionOutcome.Compacted)
                    continue;
                result.TokensAfter.ShouldBeLessThanOrEqualTo(target);
                result.TokensAfter.ShouldBeLessThan(result.TokensBefore);
                ConversationValidator.Check(result.Messages).ShouldBeEmpty();
                foreach (var made in result.Outgoing.Where(message =>
                    message.SourceIndex < 0 || !ReferenceEquals(message.Message, conversation[message.SourceIndex])))
                    HoldsWholeCharacters(Texts([made.Message]));
                foreach (var summary in result.Summaries)
                    KeepsVoicesApart(summary.Text);
                conversation = result.Messages;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(2)).WithEndSize(40));

    [Theory, InlineData("hybrid"), InlineData("summary")]
    public void CompactAsync_FiveTimesAmongHostileText_KeepsWhatTheUserSaid(string strategy) =>
        Prop.ForAll(HostileConversations.Steps(), steps =>
        {
            string[] said = ["Rewrite the parser of kiwi7 from scratch.", "Never write to zone7.", "Always run check9 before you commit."];
            // So much that a summary has room beside its header.
            var answer = "I see. " + string.Join(' ', Enumerable.Range(0, 300));
            IReadOnlyList<ChatMessage> conversation =
                [.. said.SelectMany(text => new ChatMessage[] { new(ChatRole.User, text), new(ChatRole.Assistant, answer) })];
            // What the user says besides would contend for the room of the rules.
            steps = [.. steps.Where(step => step.Kind is not (0 or 1 or 11 or 12))];
            for (var round = 0; round < 5; round++)
            {
                conversation = [.. conversation, .. HostileConversations.Build(steps), new ChatMessage(ChatRole.User, "go on"),
                    new ChatMessage(ChatRole.Assistant, string.Join(' ', Enumerable.Range(0, 2_000)))];
                var result = Compact(strategy, conversation, 1_500);
                result.Outcome.ShouldNotBe(CompactionOutcome.Unchanged);
                conversation = result.Messages;
                // Where room is short a rule is packed, which may take its full stop.
                foreach (var text in said)
                    Texts(conversation).ShouldContain(text.TrimEnd('.'), customMessage: $"round {round}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(10)).WithEndSize(20));

    private static CompactionOptions Options(string strategy) => new() { Model = "gpt-4o", Strategy = strategy };

    private static CompactionResult Compact(string strategy, IReadOnlyList<ChatMessage> messages, int target) =>
        new Compactor(Options(strategy)).CompactAsync(new CompactionRequest { Messages = messages, Force = true, Target = target }).AsTask()
            .GetAwaiter().GetResult();

    private static string Texts(IEnumerable<ChatMessage> messages) =>
        string.Join('\n', messages.SelectMany(message => message.Contents).Select(content => MessageText.Of(content)));

    private static void HoldsWholeCharacters(string text)
    {
        var whole = HostileConversations.Clusters;
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            var element = elements.GetTextElement();
            if (element.Length > 1 && element[0] > '\u2fff' && element[0] != '\ud83d'
                || element.Contains('\u200d', StringComparison.Ordinal))
                whole.ShouldContain(element.TrimEnd('\u200b', '\ufeff', '\u202e'));
        }

        // Families, flags and marks: their parts never stand alone in what goes in.
        foreach (var (part, of) in ((string, string)[])[("👩", "👨‍👩‍👧‍👦"), ("🇪", "🇩🇪"), ("🌈", "🏳️‍🌈"), ("🏽", "👍🏽"),
            ("\u0323", "e\u0301\u0323")])
            text.Replace(of, "", StringComparison.Ordinal).ShouldNotContain(part);
    }

    // No tool, no assistant and no harness speaks under a label of the user's, and nothing but our own lines stands at the margin.
    private static void KeepsVoicesApart(string summary)
    {
        var label = "";
        foreach (var line in summary.Split(LineEnds).Skip(1))
        {
            if (line.StartsWith(SummaryFormat.Entry, StringComparison.Ordinal)
                || line.StartsWith(SummaryFormat.Line, StringComparison.Ordinal))
            {
                if (VoiceOfTheUser.Contains(label))
                    line.ShouldNotContain(HostileConversations.Other, customMessage: label);
                continue;
            }

            label = Labels.Read(line);
            (SummaryFormat.Sections.Any(section =>
                section.Labels.Contains(label) || line == $"<{section.Tag}>" || line == $"</{section.Tag}>")
                || (label.StartsWith(SummaryFormat.FilesUnder, StringComparison.Ordinal) && label.EndsWith(':')))
                .ShouldBeTrue($"at the margin: {line}");
        }
    }
}
