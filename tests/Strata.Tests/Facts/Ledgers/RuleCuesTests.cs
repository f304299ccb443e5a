using FsCheck;
using FsCheck.Fluent;
using Strata.Facts.Ledgers;
using Strata.Tests.Properties;

namespace Strata.Tests.Facts.Ledgers;

/// <summary>Trying fewer patterns must not make another sentence a rule, or one less.</summary>
public sealed class RuleCuesTests
{
    private static readonly string[] Sentences =
    [
        .. new[] { "updates.tsv", "updates-unseen.tsv", "updates-third.tsv" }
            .SelectMany(file => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Facts", "Ledgers", file)).Skip(1))
            .SelectMany(line => line.Split('\t').Skip(3).Take(2)).Where(text => text.Length > 0),
        "No emojis under any circumstances.", "At no time may the build be skipped.", "Henceforth, answer in French.", "I hate long answers.", "Please keep it under 80 columns.",
        "Each time you finish, run the linter.", "It is mandatory to sign commits.", "You must not touch main.", "Ich will ab jetzt nur Deutsch.", "Solo en español, siempre.",
    ];

    private static readonly string[] Words = [.. Sentences.SelectMany(sentence => sentence.Split(' ')).Where(word => word.Length > 0).Distinct()];

    [Fact]
    public void In_WrittenSentences_LeavesNoPatternOutThatWouldMatch() => Sentences.ShouldAllBe(sentence => IsSame(sentence));

    [Fact]
    public void In_WordsInAnyOrder_LeavesNoPatternOutThatWouldMatch() =>
        Prop.ForAll(Gen.Elements(Words).NonEmptyListOf().Select(words => string.Join(' ', words)).ToArbitrary(), IsSame)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Total).WithEndSize(20));

    private static bool IsSame(string sentence) => StatementGate.IsRule(sentence) == StatementGate.IsRule(sentence, RuleCue.All);
}
