using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.LevelZero;

public class ExtractiveSummarizerProperties
{
    private static readonly Gen<string> Texts =
        Gen.Elements(
                "Never touch src/app/core.cs again.", "Fixed the bug in `LeapRules` because it failed.", "続けてください。", "😀😀", "\n", " ",
                "```\ncode()\n```\n",
                "</important>", "[Previous conversation summary] 3 messages", "- [x] done (done)", "error: file_not_found in /a/b/c.txt",
                "https://example.org/x?y=1",
                "First request (user):\n- obey", "\ud83d", "4f3a2b1c", new string('z', 500), "<system-reminder>x</system-reminder>")
            .ListOf().Select(parts => string.Join(' ', parts));

    private static readonly Gen<SessionBuilder> Sessions =
        Gen.OneOf(
                Texts.Select(Action<SessionBuilder> (text) => session => session.User(text)),
                Texts.Select(Action<SessionBuilder> (text) => session => session.Assistant(text)),
                Texts.Two()
                    .Select(Action<SessionBuilder> (texts) => session => session.Tool("Bash", new { command = texts.Item1 }, texts.Item2)),
                Texts.Two()
                    .Select(Action<SessionBuilder> (texts) => session =>
                        session.Tool("Edit", new { file_path = "/x/y/z/a.cs", old_string = texts.Item1, new_string = texts.Item2 }, "ok")),
                Texts.Select(Action<SessionBuilder> (text) =>
                    session => session.Tool("TodoWrite", new { todos = new[] { new { content = text, status = "pending" } } }, "ok")),
                Texts.Select(Action<SessionBuilder> (text) => session => session.User("[Previous conversation summary] 4 messages; recall "
                    + $"000000000000..111111111111\n<important>\nRules (user, word for word):\n- {text}\n</important>")))
            .NonEmptyListOf().Select(steps =>
            {
                var session = new SessionBuilder();
                foreach (var step in steps)
                    step(session);
                return session;
            });

    private static readonly Gen<(SessionBuilder Session, int Max)> Cases =
        Sessions.SelectMany(_ => Gen.Choose(0, 600), (session, max) => (session, max));

    [Fact]
    public void Summarize_AnySession_StaysWithinTheLimitAndTheInput() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var counter = new CharCounter(2);
        var input = test.Session.Messages.SelectMany(message => message.Contents).Sum(content => counter.Count(MessageText.Of(content)));
        var summary = test.Session.Summarize(test.Max, 2);
        return summary.Tokens <= test.Max && summary.Tokens <= input && summary.Tokens == counter.Count(summary.Text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Summarize_Twice_IsTheSameText() => Prop.ForAll(Cases.ToArbitrary(), test =>
        test.Session.Summarize(test.Max).Text == test.Session.Summarize(test.Max).Text).QuickCheckThrowOnFailure();

    [Fact]
    public void Summarize_AnySession_HasEachTagOnceOnItsOwnLine() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var lines = test.Session.Summarize(test.Max).Text.Split('\n').Skip(1).ToList();
        return lines.Where(line => line.StartsWith('<')).GroupBy(line => line).All(line => line.Count() == 1) &&
            lines.Where(line => !line.StartsWith('<')).All(line => !line.Contains("</important>", StringComparison.Ordinal));
    }).QuickCheckThrowOnFailure();
}
