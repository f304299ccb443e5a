using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Rendering;
using Strata.Transcripts;

namespace Strata.Tests.Chat;

public sealed class ReducerTests
{
    private const int Window = 8_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReduceAsync_BelowTheThreshold_ReturnsTheSameMessagesInAListOfItsOwn()
    {
        using var reducer = new CompactingChatReducer(NewCompactor());
        List<ChatMessage> messages = [new(ChatRole.User, "hello")];
        var reduced = await reducer.ReduceAsync(messages, Token);
        reduced.ShouldNotBeSameAs(messages);
        messages.Clear();
        reduced.ShouldHaveSingleItem().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task ReduceAsync_StoredHistoryThatItsOwnerReplaces_GoesOnFromItsSummaryAlsoThroughJson()
    {
        await using var archive = new InMemoryArchive();
        using var reducer = new CompactingChatReducer(
            NewCompactor(archive), options: new ConversationOptions { AgentId = "auditor", SessionId = (_, _) => "session-1" });
        List<ChatMessage> stored = [new(ChatRole.User, "Audit all invoices of March.\nNever print customer names.")];
        var most = 0;
        for (var i = 0; i < 150; i++)
        {
            AddStep(stored, i);
            stored = ChatSetup.RoundTrip(await reducer.ReduceAsync(stored, Token));
            ConversationValidator.Check(stored).ShouldBeEmpty();
            most = Math.Max(most, reducer.Compactor.GetTokenUsage(stored).Current);
        }

        most.ShouldBeLessThanOrEqualTo(reducer.Compactor.Budget.Threshold);
        stored.Count(message => SummaryHeader.Starts(message.Text)).ShouldBe(1);
        string.Join('\n', stored.Select(message => message.Text)).ShouldContain("Never print customer names.");
        stored.ShouldContain(message =>
            message.Role == ChatRole.User && message.Text.StartsWith("Audit all invoices", StringComparison.Ordinal));

        // What its owner threw away is in the archive, as one session and one chain.
        var receipts = await archive.ListReceiptsAsync("session-1", cancellationToken: Token);
        receipts.Count.ShouldBeGreaterThan(2);
        receipts.Count(receipt => receipt.Receipt.Parent is null).ShouldBe(1);
        receipts.ShouldAllBe(receipt => receipt.Receipt.AgentId == "auditor");
        var originals = new HashSet<string>();
        foreach (var receipt in receipts)
        {
            foreach (var original in await archive.ReadAsync(receipt.Before, Token))
                originals.UnionWith(original.ShouldNotBeNull().Message.Contents.OfType<FunctionResultContent>()
                    .Select(result => MessageText.OfResult(result.Result)));
        }

        originals.ShouldContain(Result(0));
        originals.ShouldContain(Result(60));
    }

    [Fact]
    public async Task ReduceAsync_WholeHistoryEachTime_CompactsSeldomAndKeepsTheBeginning()
    {
        var compactor = NewCompactor();
        var compactions = 0;
        using var counting = compactor.OnContextCompacted((_, _) =>
        {
            compactions++;
            return ValueTask.CompletedTask;
        });
        using var reducer = new CompactingChatReducer(compactor);
        List<ChatMessage> messages = [new(ChatRole.User, "Audit all invoices of March.")];
        IReadOnlyList<ChatMessage> before = [];
        var breaks = 0;
        for (var i = 0; i < 150; i++)
        {
            AddStep(messages, i);
            var reduced = (await reducer.ReduceAsync(messages, Token)).ToList();
            reduced[^1].ShouldBeSameAs(messages[^1]);
            breaks += before.Zip(reduced).Any(pair => !ReferenceEquals(pair.First, pair.Second)) || reduced.Count < before.Count ? 1 : 0;
            before = reduced;
        }

        breaks.ShouldBe(compactions);
        compactions.ShouldBeInRange(2, 20);
    }

    [Fact]
    public async Task ReduceAsync_OneHugeMessage_ShrinksItAtTheSameCount()
    {
        using var reducer = new CompactingChatReducer(NewCompactor());
        List<ChatMessage> messages = [new(ChatRole.User, "Read it."), new(ChatRole.Assistant, [new FunctionCallContent("c", "read")]),
            new(ChatRole.Tool, [new FunctionResultContent("c", string.Join('\n', Enumerable.Range(0, 30_000)))])];
        var reduced = (await reducer.ReduceAsync(messages, Token)).ToList();
        reduced.Count.ShouldBe(3);
        reducer.Compactor.GetTokenUsage(reduced).Current.ShouldBeLessThan(Window);
        ((string)messages[2].Contents.OfType<FunctionResultContent>().Single().Result!).Length.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public async Task ReduceAsync_OptionsOfTheConstructor_CountTowardsTheWindow()
    {
        List<ChatMessage> messages = [new(ChatRole.User, "Audit all invoices of March.")];
        for (var i = 0; NewCompactor().GetTokenUsage(messages).Current < 4_000; i++)
            AddStep(messages, i);
        using var without = new CompactingChatReducer(NewCompactor());
        (await without.ReduceAsync(messages, Token)).Count().ShouldBe(messages.Count);
        using var reducer =
            new CompactingChatReducer(NewCompactor(), new ChatOptions { Instructions = string.Join(' ', Enumerable.Range(0, 700)) });
        (await reducer.ReduceAsync(messages, Token)).Count().ShouldBeLessThan(messages.Count);
    }

    [Fact]
    public async Task ReduceAsync_ArchiveThatIsFull_ReturnsTheHistoryWholeAndReports()
    {
        var (archive, proxy) = ArchiveProxy.Around(new InMemoryArchive());
        proxy.Failing.Add(nameof(IArchive.CommitAsync));
        var failures = new List<CompactionFailure>();
        using var reducer = new CompactingChatReducer(NewCompactor(archive), options: new ConversationOptions
        {
            OnFailed = (failure, _) =>
            {
                failures.Add(failure);
                return ValueTask.CompletedTask;
            },
        });
        List<ChatMessage> messages = [new(ChatRole.User, "Audit all invoices of March.")];
        for (var i = 0; !reducer.Compactor.ShouldCompact(messages); i++)
            AddStep(messages, i);
        (await reducer.ReduceAsync(messages, Token)).ShouldBe(messages);
        failures.ShouldHaveSingleItem().Exception.ShouldBeOfType<ArchiveException>();
    }

    private static Compactor NewCompactor(IArchive? archive = null) =>
        new(new CompactionOptions { Window = Window, MinTokensToCompact = 0 }, archive: archive);

    private static void AddStep(List<ChatMessage> messages, int number)
    {
        messages.Add(new ChatMessage(ChatRole.Assistant,
            [new FunctionCallContent($"c{number}", "read_file", new Dictionary<string, object?> { ["path"] = $"March/{number}.csv" })]));
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"c{number}", Result(number))]));
    }

    private static string Result(int number) =>
        string.Join(
            '\n', Enumerable.Range(0, 12)
                .Select(line => $"{number};{line};customer {number * line};amount {(number + 3) * line * 7}.50;open"));
}
