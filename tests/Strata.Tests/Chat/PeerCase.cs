using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Summaries;
using Strata.Ladder;
using Strata.Tests.Ladder;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Chat;

/// <summary>
/// What was measured, read or reported to fail in Microsoft's own reducers (Agent Framework's compaction strategies, the reducers of
/// Microsoft.Extensions.AI and of Semantic Kernel, mid-2026): each is a test that has to work here, on conversations made of these.
/// </summary>
internal static class PeerCase
{
    public const string FirstTask = "Find the reason why invoice 4711 is paid twice.";
    public const string Rule = "Never write to the production database.";

    public static Compactor NewCompactor(int window = 8_000, ISummarizer? summarizer = null, IArchive? archive = null) =>
        new(new CompactionOptions { Window = window, MinTokensToCompact = 0 }, summarizer, archive: archive);

    public static LadderSummarizer Ladder(FakeModel model) => new(LadderSession.Options(model.Callable), LadderSession.Caller());

    // The rule is in the middle: neither the task nor the newest message of the user, which stay anyway.
    public static List<ChatMessage> TalkWithARule()
    {
        List<ChatMessage> messages =
            [new(ChatRole.User, FirstTask), new(ChatRole.Assistant, "I read the postings of March first."), new(ChatRole.User, Rule)];
        AddSteps(messages, 30);
        messages.Add(new ChatMessage(ChatRole.User, "Go on with the second half."));
        AddSteps(messages, 30, from: 30);
        return messages;
    }

    public static void AddSteps(List<ChatMessage> messages, int steps, int chars = 700, int from = 0)
    {
        for (var i = from; i < from + steps; i++)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, [Call($"c{i}", i)]));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"c{i}", Text(i, chars))]));
        }
    }

    public static FunctionCallContent Call(string id, int number) =>
        new(id, "read_file", new Dictionary<string, object?> { ["path"] = $"March/{number}.csv" });

    public static string Text(int number, int chars) =>
        string.Concat(Enumerable.Range(0, (chars / 40) + 1)
            .Select(line => $"{number};{line};customer {number * line % 977};{line * 7}.50;open\n"));

    public static IEnumerable<string> TextsOf(IEnumerable<ChatMessage> messages) =>
        messages.SelectMany(message => message.Contents).Select(content => MessageText.Of(content) ?? "");

    public static string Json(IReadOnlyList<ChatMessage> messages) => JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
}
