using FsCheck;
using FsCheck.Fluent;
using Strata.Facts.Ledgers;

namespace Strata.Tests.Facts.Ledgers;

public class LedgerPackerTests
{
    private static LedgerEntry Rule(string text) => new(text, 0, null, StatementKind.Rule, 1);

    private static string?[] Pack(IEnumerable<string> rules, int room) =>
        LedgerPacker.Pack([.. rules.Select(Rule)], room, (_, text) => text.Length + 1);

    private static readonly Gen<string[]> Rules = Gen.Elements(
        "Never push to main.", "USER PREFERENCE: User wants answers in the metric system, please.", "Only Python 3.11.",
        "The budget cap is $956 total. Never exceed it without explicit approval.",
        "Prefer a single recommendation over a list of options.",
        "The on-call rotation owner is Aura Keller. Ask her before a deploy.", "不要修改配置文件。", "x").ArrayOf();

    [Fact]
    public void Pack_AnyRoom_IsNeverExceeded() => Prop.ForAll(
        Rules.ToArbitrary(), Gen.Choose(0, 400).ToArbitrary(),
        (rules, room) => Pack(rules, room).OfType<string>().Sum(text => text.Length + 1) <= room).QuickCheckThrowOnFailure();

    [Fact]
    public void Pack_WhatWasPacked_IsPackedTheSameAgain() => Prop.ForAll(
        Rules.ToArbitrary(), Gen.Choose(0, 400).ToArbitrary(),
        (rules, room) =>
        {
            var once = Pack(rules, room).OfType<string>().ToList();
            return Pack(once, room).OfType<string>().SequenceEqual(once);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pack_EnoughRoom_KeepsEveryWord()
    {
        string[] rules = ["HARD CONSTRAINT: Please keep the answers short.", "Never push to main."];

        Pack(rules, 200).ShouldBe(rules);
    }

    [Fact]
    public void Pack_TooLittleRoom_ShortensBeforeItDrops()
    {
        string[] rules = ["HARD CONSTRAINT: Keep the answers in the report short, please.", "Never push to the main branch."];

        var packed = Pack(rules, 70);

        packed.ShouldAllBe(text => text != null);
        packed[0]!.ShouldStartWith("Keep");
        packed[1]!.ShouldContain("push");
    }

    [Fact]
    public void Pack_SentenceThatForbids_IsNotCutOff() =>
        EntryShortener.FormsOf("The budget cap is $956. Never exceed it without approval.")
            .ShouldAllBe(form => form.Text.Contains("Never exceed"));
}
