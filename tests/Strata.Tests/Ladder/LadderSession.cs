using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Ladder;
using Strata.Tests.Summaries;

namespace Strata.Tests.Ladder;

/// <summary>A session of turns that are worth a summary, and a compactor for it.</summary>
internal static class LadderSession
{
    public static List<ChatMessage> Of(int turns, int wordsATurn = 300)
    {
        var session = new SessionBuilder();
        for (var turn = 0; turn < turns; turn++)
            AddTurn(session, turn, wordsATurn);
        return session.Messages;
    }

    public static void AddTurn(SessionBuilder session, int turn, int words)
    {
        var n = turn.ToString(CultureInfo.InvariantCulture);
        session.User($"Please look at module number {n} of the importer and tell me what the parser does with empty lines.")
            .Tool("read_file", new { path = $"src/module{n}.cs" },
                string.Join(' ', Enumerable.Range(0, words).Select(i => $"The method Read{n} handles case {i}.")))
            .Assistant($"Module {n} skips empty lines in Read{n} and counts them in EmptyLines{n}; the limit is {100 + turn} lines.");
    }

    public static LadderOptions Options(CallableModel one, CallableModel? two = null, CallableModel? three = null) => new()
    {
        Levels = [LevelOptions.PerTurn(one), LevelOptions.PerTenTurns(two ?? one), LevelOptions.Whole(three ?? two ?? one)],
    };

    public static Compactor Compactor(LadderSummarizer summarizer, int window = 16_000) =>
        new(new CompactionOptions { Model = "gpt-4o", Window = window, Strategy = "hierarchical" }, summarizer);

    /// <summary>No waits between attempts.</summary>
    public static ModelCaller Caller(ICallObserver? observer = null) =>
        new(new CallOptions { RetryDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.Zero, Breaker = new BreakerOptions() },
            observer: observer);
}
