using Microsoft.Extensions.AI;
using Strata.Tokens;

namespace Strata.Benchmarks.Synthetic;

/// <summary>Made-up coding sessions: users ask, the assistant thinks aloud and calls tools, tools answer at length.</summary>
internal sealed class Conversation
{
    // Chars of about 2 000 tokens.
    private const int UsualResult = 6_500;

    private readonly Vocabulary _vocabulary;
    private readonly ToolOutput _tools;
    private readonly List<ChatMessage> _messages;
    private int _calls;

    private Conversation(int seed)
    {
        _vocabulary = new Vocabulary(seed);
        _tools = new ToolOutput(_vocabulary);
        _messages = [new ChatMessage(ChatRole.System, "You are a careful software engineer. " + _vocabulary.Prose(20))];
    }

    /// <summary>
    /// A session of about <paramref name="tokens"/> tokens (o200k_base) whose turns have several rounds of calls, some in parallel.
    /// </summary>
    /// <param name="tokens">At least so many.</param>
    /// <param name="resultChars">Median length of a tool result; one in a hundred is more than ten times as long.</param>
    /// <param name="seed">Another seed, another conversation.</param>
    public static IReadOnlyList<ChatMessage> OfTokens(int tokens, int resultChars = 1_200, int seed = 1)
    {
        var counter = new MessageCounter(BpeTokenizer.O200kBase);
        var conversation = new Conversation(seed);
        for (long counted = 0, known = 0; counted < tokens;)
        {
            conversation.AddTurn(rounds: conversation._vocabulary.Next(1, 9), resultChars);
            for (; known < conversation._messages.Count; known++)
                counted += counter.Count(conversation._messages[(int)known]).Total;
        }

        return conversation._messages;
    }

    /// <summary>A system message and turns of four messages each: user, call, result of about 2 000 tokens, answer.</summary>
    public static IReadOnlyList<ChatMessage> OfTurns(int turns, int seed = 1)
    {
        var conversation = new Conversation(seed);
        for (var i = 0; i < turns; i++)
            conversation.AddTurn(rounds: 1, resultChars: null);
        return conversation._messages;
    }

    private void AddTurn(int rounds, int? resultChars)
    {
        _messages.Add(new ChatMessage(ChatRole.User, _vocabulary.Prose(_vocabulary.Next(1, 5))));
        for (var round = 0; round < rounds; round++)
        {
            var parallel = resultChars is not null && _vocabulary.Next(0, 6) == 0 ? 3 : 1;
            var pairs = Enumerable.Range(0, parallel)
                .Select(_ => _tools.Next($"call_{++_calls:00000000}",
                    resultChars is { } median ? _vocabulary.HeavyTailed(median, 60_000) : UsualResult)).ToList();
            _messages.Add(new ChatMessage(
                ChatRole.Assistant, [new TextContent(_vocabulary.Prose(_vocabulary.Next(1, 4))), .. pairs.Select(pair => pair.Call)]));
            foreach (var pair in pairs)
                _messages.Add(new ChatMessage(ChatRole.Tool, [pair.Result]));
        }

        _messages.Add(new ChatMessage(ChatRole.Assistant, _vocabulary.Prose(_vocabulary.Next(3, 12))));
    }
}
