using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tests.Engine;

public sealed class CompactorCommitTests
{
    private static readonly CompactionRequest Long = new()
    {
        Messages = [.. Enumerable.Range(0, 400)
            .Select(i =>
                new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"Message number {i} says that case {i} holds."))],
        Target = 2_000,
        Force = true,
    };

    private readonly Compactor _compactor = Compactor.Create("gpt-4-turbo");
    private int _told;

    public CompactorCommitTests() => _compactor.OnContextCompacted((_, _) =>
    {
        _told++;
        return ValueTask.CompletedTask;
    });

    [Fact]
    public async Task PrepareAsync_NotCommitted_TellsNobody()
    {
        var result = await _compactor.PrepareAsync(Long, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        _told.ShouldBe(0);
    }

    [Fact]
    public async Task CommitAsync_CommittedResult_IsReturnedAsItIs()
    {
        var prepared = await _compactor.PrepareAsync(Long, TestContext.Current.CancellationToken);
        var committed = await _compactor.CommitAsync(prepared, TestContext.Current.CancellationToken);
        (await _compactor.CommitAsync(committed, TestContext.Current.CancellationToken)).ShouldBeSameAs(committed);
        _told.ShouldBe(1);
    }

    [Fact]
    public async Task CompactAsync_Receipt_NamesTheConversationBeforeAndAfter()
    {
        var result = await _compactor.CompactAsync(Long, TestContext.Current.CancellationToken);
        result.Receipt!.Source.ShouldBe(Transcript.Create(Long.Messages).Fingerprint);
        result.Receipt.Result.ShouldBe(Transcript.Create(result.Messages).Fingerprint);
        Handle.TryParse(result.Receipt.Id, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task CompactAsync_ShortenedResult_ReceiptNamesTheHandleThatStandsInTheText()
    {
        var output = string.Join('\n', Enumerable.Range(0, 4_000).Select(i => $"line {i} of a long output with the value {i * 7}"));
        List<ChatMessage> messages =
        [
            new(ChatRole.User, "Run it."),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "run")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", output)]),
        ];
        var result = await _compactor.CompactAsync(Long with { Messages = messages }, TestContext.Current.CancellationToken);
        var handle = result.Receipt!.Cuts.Single().Contents.Single();
        handle.ShouldBe(ContentHandle.HandleOf(messages[2].Contents[0]));
        result.Messages[2].Contents.OfType<FunctionResultContent>().Single().Result!.ToString()!.ShouldContain($"recall {handle}]");
    }
}
