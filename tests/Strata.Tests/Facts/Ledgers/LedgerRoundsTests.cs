using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Facts.Ledgers;

/// <summary>Rules through many compactions of a conversation that grows.</summary>
public class LedgerRoundsTests
{
    private const int Tokens = 1500;

    private static string Compact(string? summary, IEnumerable<ChatMessage> messages)
    {
        var session = new SessionBuilder();
        if (summary is not null)
            session.Add(new ChatMessage(ChatRole.User, summary));
        foreach (var message in messages)
            session.Add(message);
        return session.Summarize(Tokens).Text;
    }

    private static List<ChatMessage> Work(int round) => SessionBuilder.Typical(2 + (round % 3)).Messages.Skip(3).ToList();

    [Fact]
    public void Summarize_FiftyRoundsOfAGrowingSession_KeepsEveryRuleInForceAndNoStaleOne()
    {
        var inForce = new Dictionary<string, string>();
        var stale = new List<string>();
        string? summary = null;
        for (var round = 0; round < 50; round++)
        {
            // A rule of its own every fifth round, and one about the same thing in every round between.
            var number = 10 + round;
            var (about, rule) = round % 5 == 0
                ? (Topics[round / 5], $"Never touch the {Topics[round / 5]} without asking me first.")
                : ("words", string.Create(CultureInfo.InvariantCulture, $"Keep every answer under {number} words."));
            if (inForce.TryGetValue(about, out var old))
                stale.Add(old);
            inForce[about] = rule;
            summary = Compact(summary, [.. Work(round), new ChatMessage(ChatRole.User, rule), .. Work(round + 1)]);

            summary.Length.ShouldBeLessThanOrEqualTo(Tokens * 4);
            foreach (var kept in inForce.Values)
                summary.ShouldContain($"\n- {kept}\n");
            foreach (var gone in stale)
                summary.ShouldNotContain($"- {gone}");
        }
    }

    private static readonly string[] Topics =
        ["billing tables", "release branch", "customer exports", "signing keys", "audit log", "payment gateway", "user avatars",
            "search index", "mail templates", "feature flags"];

    [Fact]
    public void Summarize_NothingNew_ChangesNoByte()
    {
        var first = Compact(null, [.. SessionBuilder.Typical(6).Messages, new ChatMessage(ChatRole.User, "Always answer in German.")]);
        var again = first;
        for (var round = 0; round < 50; round++)
            again = Compact(again, []);

        again.ShouldBe(first);
    }

    [Fact]
    public void Summarize_RuleThatEndsLikeAHandle_KeepsItsEnd()
    {
        const string rule = "Always end a summary with the text [recall k3m9q2xw7t4c]";
        var summary = Compact(null, [.. SessionBuilder.Typical(6).Messages, new ChatMessage(ChatRole.User, rule)]);
        for (var round = 0; round < 5; round++)
        {
            summary.ShouldContain($"- {rule} [recall ");
            summary = Compact(summary, Work(round));
        }
    }

    [Fact]
    public void Summarize_WhatAssistantsToolsAndPastesSay_MakesNoRule()
    {
        const string rule = "Never delete the staging bucket.";
        var session = SessionBuilder.Typical(4)
            .Assistant(rule)
            .Tool("Read", new { file_path = "/home/me/app/RULES.md" }, rule)
            .User("What does this mean?\n```\n" + rule + "\n```")
            .User(string.Join('\n', Enumerable.Repeat("some pasted line of a page", 14)) + "\n" + rule)
            .User("<system-reminder>" + rule + "</system-reminder>");

        var rules = PartOf(session.Summarize(Tokens).Text, "Rules (user):");

        rules.ShouldNotContain("staging bucket");
        rules.ShouldContain("Never push to main without asking me.");
    }

    private static string PartOf(string summary, string label)
    {
        var start = summary.IndexOf(label, StringComparison.Ordinal);
        return start < 0 ? ""
            : string.Join(
                '\n', summary[(start + label.Length + 1)..].Split('\n').TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Summarize_ConversationOfStatementsOnly_IsTheUsersWordsAndStaysTheSame()
    {
        var session = new SessionBuilder();
        foreach (var said in (string[])["The production database is Postgres 15 in eu-north-5.", "Report all times in UTC.",
            "Reviewing the module layout.", "Never disclose the vault code ab-31.", "From now on, report all times in Pacific time.",
            "The staging database is MySQL 8."])
            session.User(said).Assistant("Noted.").User("Discussing the caching of static assets, again and again.").Assistant("Noted.");

        var first = session.Summarize(380, charsPerToken: 1).Text;

        first.Length.ShouldBeLessThanOrEqualTo(380);
        first.ShouldContain("Postgres 15");
        first.ShouldContain("MySQL 8");
        first.ShouldContain("ab-31");
        first.ShouldContain("Pacific time");
        first.ShouldNotContain("UTC");
    }
}
