using Microsoft.Extensions.AI;
using Strata.Facts.Dialogues;
using Strata.LevelZero;
using Strata.Transcripts;

namespace Strata.Tests.Facts.Dialogues;

/// <summary>Builds small talks.</summary>
internal static class TalkBuilder
{
    private static readonly string[] Pets = ["Otto", "Lupo", "Minka", "Bella", "Rufus", "Gizmo", "Frida"];
    private static readonly string[] Towns = ["Lisbon", "Tartu", "Graz", "Bergen", "Porto", "Lyon", "Gdansk"];

    public static ChatMessage Say(string speaker, string text, string? date = null) =>
        new(speaker == "Ann" ? ChatRole.User : ChatRole.Assistant, text)
        {
            AuthorName = speaker,
            CreatedAt = date is null ? null : DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture)
        };

    /// <summary>Two friends, a fact and three courtesies a day.</summary>
    public static IEnumerable<ChatMessage> Friends(int firstDay, int days)
    {
        for (var i = firstDay; i < firstDay + days; i++)
        {
            var date = new DateOnly(2024, 1, 1).AddDays(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            yield return Say("Ann", "Hey Bob! How are you doing today? What have you been up to?", date);
            yield return Say("Bob", $"I adopted a dog named {Pets[i % Pets.Length]} from the shelter in {Towns[i / 2 % Towns.Length]} "
                + $"yesterday and paid {100 + i} euros.", date);
            yield return Say("Ann", "Wow, that's so awesome! You are so kind, that sounds really great!", date);
            yield return Say("Bob", "Thanks so much! You are the best, have a great day!", date);
        }
    }

    public static Dialogue? Read(params IEnumerable<ChatMessage> messages)
    {
        var transcript = Transcript.Create(messages);
        int[] groups = [.. Enumerable.Range(0, transcript.Groups.Count)];
        return Dialogue.Read(transcript, groups, PreviousSummary.TalkIn(transcript, groups), TestContext.Current.CancellationToken);
    }

    public static Dialogue Of(bool isMeeting, params Utterance[] utterances) => new(
        [.. utterances, .. (isMeeting ? (string[])["Cid", "Dora", "Emil"] : ["Ann", "Bob"]).SelectMany(speaker =>
            Enumerable.Repeat(
                new Utterance(speaker, "What do you think about this, and how would you do it with the others?".AsMemory(), null, false),
                3))],
        isTalk: true);
}
