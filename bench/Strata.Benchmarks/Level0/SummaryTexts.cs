using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Formats;
using Strata.Tokens;

namespace Strata.Benchmarks.Level0;

/// <summary>Conversations of a given size of each kind that level 0 reads in another way.</summary>
internal static class SummaryTexts
{
    public const string Agent = "agent session";
    public const string Chat = "user's chat";
    public const string Meeting = "meeting";
    public const string Real = "real sessions";

    private const int Speakers = 5;

    /// <param name="kind">One of the constants.</param>
    /// <param name="tokens">At least so many (o200k_base), as long as there are so many.</param>
    /// <param name="sessions">A folder of OpenAI chat sessions that <see cref="Real"/> joins in the order of their names.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<ChatMessage>> ReadAsync(
        string kind, int tokens, DirectoryInfo? sessions, CancellationToken cancellationToken) => kind switch
    {
        Agent => Conversation.OfTokens(tokens),
        Chat => Talk(tokens, (words, i) => i % 2 == 0
            ? new ChatMessage(ChatRole.User, Typed(words))
            : new ChatMessage(ChatRole.Assistant, "Done.")),
        Meeting =>
            Talk(tokens,
                (words, i) => new ChatMessage(
                    ChatRole.User, words.Prose(words.Next(1, 6))) { AuthorName = $"Speaker {(char)('A' + words.Next(0, Speakers))}" }),
        _ => await RealAsync(tokens, sessions ?? throw new ArgumentException("Real sessions need --sessions."), cancellationToken),
    };

    // Nine sentences in ten ask for something, one tells how it is always to be done.
    private static string Typed(Vocabulary words) =>
        words.Prose(words.Next(1, 4))
            + (words.Next(0, 10) == 0 ? $" Always keep the {words.Term()} under {words.Next(2, 999)} {words.Term()}s." : "");

    private static List<ChatMessage> Talk(int tokens, Func<Vocabulary, int, ChatMessage> next)
    {
        var words = new Vocabulary(seed: 1);
        var counter = new MessageCounter(BpeTokenizer.O200kBase);
        var messages = new List<ChatMessage>();
        for (long counted = 0; counted < tokens;)
        {
            messages.Add(next(words, messages.Count));
            counted += counter.Count(messages[^1]).Total;
        }

        return messages;
    }

    // Call ids are unique within a session only.
    private static async Task<IReadOnlyList<ChatMessage>> RealAsync(int tokens, DirectoryInfo sessions, CancellationToken cancellationToken)
    {
        var counter = new MessageCounter(BpeTokenizer.O200kBase);
        var messages = new List<ChatMessage>();
        long counted = 0;
        foreach (var (number, file) in sessions.GetFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal).Index())
        {
            await using var input = file.OpenRead();
            var document = await SessionFormats.Find("openai-chat")!.ReadAsync(input, cancellationToken);
            foreach (var message in document.Messages.Where(message => message.Role != ChatRole.System || messages.Count == 0))
            {
                var copy = new ChatMessage(message.Role, [.. message.Contents.Select(content => Renamed(content, number))]);
                messages.Add(copy);
                counted += counter.Count(copy).Total;
            }

            if (counted >= tokens)
                break;
        }

        return messages;
    }

    private static AIContent Renamed(AIContent content, int session) => content switch
    {
        FunctionCallContent call => new FunctionCallContent($"{session}-{call.CallId}", call.Name, call.Arguments),
        FunctionResultContent result => new FunctionResultContent($"{session}-{result.CallId}", result.Result),
        _ => content,
    };
}
