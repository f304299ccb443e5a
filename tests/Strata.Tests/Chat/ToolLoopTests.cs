using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;

namespace Strata.Tests.Chat;

public sealed class ToolLoopTests
{
    private const int Window = 32_000;

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, true, false)]
    [InlineData(3, false, true)]
    public async Task GetResponseAsync_FourHundredIterations_EveryRequestIsValid(int seed, bool isStreaming, bool inBackground)
    {
        var loop = new ToolLoop(seed);
        var compactor = new Compactor(new CompactionOptions { Window = Window });
        using var model = new StrictModel(compactor.Counter, Window, _ => loop.NextCalls());
        using var client = model.WithCompaction(compactor, new ConversationOptions { Background = inBackground });
        var options = new ChatOptions
        {
            Instructions = "Be brief.",
            Tools = [AIFunctionFactory.Create((string path) => path, "read_file")]
        };
        for (var i = 0; i < 400; i++)
            await loop.StepAsync(client, isStreaming, options, TestContext.Current.CancellationToken);

        model.Faults.ShouldBeEmpty();
        model.Requests.Count.ShouldBe(400);
        var state = ((CompactingChatClient)client).GetState(loop.Messages, options);
        state.CompactionCount.ShouldBeInRange(5, 200);
    }

    [Fact]
    public async Task GetResponseAsync_TaskTooLongForTheTarget_IsShortenedWithItsHandleAndNeverLost()
    {
        var loop = new ToolLoop(4);
        loop.Messages[1] = new ChatMessage(ChatRole.User, ToolLoop.Task + "\n" + string.Join(' ', Enumerable.Range(0, 9_000)));
        var compactor = new Compactor(new CompactionOptions { Window = Window }, archive: new InMemoryArchive());
        using var model = new StrictModel(compactor.Counter, Window, _ => loop.NextCalls());
        using var client = model.WithCompaction(compactor);
        for (var i = 0; i < 120; i++)
            await loop.StepAsync(client, isStreaming: false, cancellationToken: TestContext.Current.CancellationToken);
        model.Faults.ShouldBeEmpty();
        model.Last.ShouldNotContain(loop.Messages[1]);
    }

    [Fact]
    public async Task GetResponseAsync_FiftyConversationsAtOnceOnOneClient_NoneIsMixedUp()
    {
        var loops = Enumerable.Range(100, 50).Select(seed => new ToolLoop(seed, hugeEvery: 0)).ToArray();
        var byTicket = loops.ToDictionary(loop => loop.Messages[1].Text);
        var compactor = new Compactor(new CompactionOptions { Window = 8_000, MinTokensToCompact = 0 });
        using var model = new StrictModel(
            compactor.Counter, 8_000, request => byTicket[request.First(message => byTicket.ContainsKey(message.Text)).Text].NextCalls());
        using var client = (CompactingChatClient)model.WithCompaction(compactor);
        await Parallel.ForEachAsync(
            loops, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (loop, cancellationToken) =>
            {
                for (var i = 0; i < 40; i++)
                    await loop.StepAsync(client, isStreaming: i % 2 == 0, cancellationToken: cancellationToken);
            });
        model.Faults.ShouldBeEmpty();
        loops.ShouldAllBe(loop => client.GetState(loop.Messages, null).CompactionCount >= 1);
    }
}
