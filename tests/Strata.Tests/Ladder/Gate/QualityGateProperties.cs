using FsCheck;
using FsCheck.Fluent;
using Strata.Ladder.Gate;
using Strata.Tests.Summaries;

namespace Strata.Tests.Ladder.Gate;

public class QualityGateProperties
{
    private static readonly string[] Rules =
        ["Never push to main.", "Always run the linter before a commit.", "Keep answers under 120 words.", "不要使用制表符。", "Use tabs."];

    private static readonly Gen<string> Answers =
        Gen.Elements(
                "The parser reads leap days now.", "Fixed src/Dates/DateParser.cs because it failed.", "# Done", "**Open:**",
                "- never push to main", "Always push to main.", "\n", "\n\n", " ", "```", "```\ncode()\n```",
                "<think>", "</think>", "Rules (user):", "- x", "Other names:", "Regeln (Nutzer):",
                "[Previous conversation summary] 3 messages", "Sure!", "Here is a summary:", "Let me know if you need more.",
                "error: file_not_found",
                "\ud83d", "😀", "\0", "\r\n", "修复了解析器。", new string('z', 300), "4f3a2b1c 12345 99,887", "| a | b |", "{\"error\": 1}",
                "\u2028", "\"", "Still to do: write the note.", "I'm sorry.", "The tests pass")
            .ListOf().Select(parts => string.Join(' ', parts));

    private static readonly Gen<MustKeep> Keeps =
        Gen.OneOf(
                Gen.Elements(Rules).Select(rule => new KeptItem(KeptKind.Rule, rule)),
                Gen.Elements("[ ] Write the note (open)", "[~] Ship 2.4.1 (in progress, task 7)")
                    .Select(task => new KeptItem(KeptKind.Task, task)),
                Gen.Elements("`dotnet test`: error CS0246: no such type → not cured")
                    .Select(failure => new KeptItem(KeptKind.Failure, failure)),
                Gen.Elements("4f3a2b1c on main: Read leap days").Select(commit => new KeptItem(KeptKind.Commit, commit)),
                Gen.Elements("src/Dates/DateParser.cs", "12345", "340 ms", "https://example.org/x?y=1", "LeapRules")
                    .Select(name => new KeptItem(KeptKind.Name, name)))
            .ListOf().Select(items => new MustKeep([.. items.Distinct().OrderBy(item => item.Kind)]));

    private static readonly Gen<Case> Cases =
        from answer in Answers
        from keep in Keeps
        from max in Gen.Choose(0, 250)
        from input in Gen.Choose(0, 600)
        from chars in Gen.Choose(1, 4)
        from wasCut in Gen.Elements(true, false)
        from sections in Gen.Elements<IReadOnlyList<string>>([], ["Done"])
        select new Case(answer, wasCut, new GateRequest
        {
            SourceTexts = [Gated.Source], MustKeep = keep, Language = "und", MaxTokens = max, InputTokens = input,
            Counter = new CharCounter(chars), RequiredSections = sections,
        });

    private sealed record Case(string Answer, bool WasCut, GateRequest Request)
    {
        public GateVerdict Verdict { get; } = QualityGate.Check(Request, Answer, WasCut);
    }

    [Fact]
    public void Check_AnyAnswer_EndsInATextOrARefusal() => Prop.ForAll(Cases.ToArbitrary(), test =>
        (test.Verdict.Text is null) == (test.Verdict.Refusal is not null) && (test.Verdict.Quality is null) == (test.Verdict.Text is null))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Check_AnyString_DoesNotThrow() =>
        Prop.ForAll<string>(text => QualityGate.Check(Gated.Request(language: "de"), text ?? "") is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void Check_AcceptedText_StaysWithinTheTargetAndTheInput() => Prop.ForAll(Cases.ToArbitrary(), test =>
        test.Verdict.Text is not { } text
            || (test.Request.Counter.Count(text) <= test.Request.MaxTokens * 1.1
                && test.Request.Counter.Count(text) <= test.Request.InputTokens)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Check_AcceptedText_HoldsEverySmallRule() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var rules = test.Request.MustKeep.Items.Where(item => item.Kind == KeptKind.Rule).ToList();
        var tokens = test.Request.Counter.Count(string.Join('\n', KeptBlock.Lines(rules, "und")));
        if (test.Verdict.Text is not { } text || tokens > Math.Min(test.Request.MaxTokens, test.Request.InputTokens) / 2)
            return true;
        var match = new KeptMatch(text);
        return rules.TrueForAll(match.Holds);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Check_AcceptedTextAgain_IsAcceptedAndNothingIsAppended() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        if (test.Verdict.Text is not { } text)
            return true;
        var again = QualityGate.Check(test.Request, text);
        return again.Text is not null && again.Appended.Count == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Check_LabelsOfTheAnswer_NeverReachTheChildren() => Prop.ForAll(Answers.ToArbitrary(), answer =>
        QualityGate.Check(Gated.Request(language: "und"), answer).Text is not { } text
            || MustKeep.Of([text]).Items.All(item => item.Kind == KeptKind.Name)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Split_OfAJoin_IsTheSame() => Prop.ForAll(Keeps.ToArbitrary(), keep =>
    {
        var (body, items) = KeptBlock.Split(KeptBlock.Join("The parser reads leap days.", [.. keep.Items], "de"));
        return body == "The parser reads leap days." && items.SequenceEqual(keep.Items);
    }).QuickCheckThrowOnFailure();
}
