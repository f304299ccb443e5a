using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Checks;

/// <summary>The check itself sees what it is for: else a run over a store that loses appends would say that all is well.</summary>
public sealed class WrittenLogTests : IAsyncDisposable
{
    private readonly InMemoryArchive _archive = new();
    private readonly WrittenLog _log = new("s");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _archive.DisposeAsync();

    [Fact]
    public async Task FaultOf_EachWriterInOrder_IsNull()
    {
        await AppendAsync("0:0", "1:0", "1:1", "0:1");
        _log.FaultOf(new Dictionary<string, int> { ["0"] = 2, ["1"] = 1 }).ShouldBeNull();
        _log.Written.ShouldBe(new Dictionary<string, int> { ["0"] = 2, ["1"] = 2 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("writer 1: 2 stands where 1 was due", "0:0", "1:0", "1:2")]
    [InlineData("writer 0: 0 stands where 1 was due", "0:0", "0:0", "0:1")]
    [InlineData("writer 0: 1 stands where 0 was due", "0:1", "0:0")]
    public async Task FaultOf_OneMissingOrTwiceOrSwapped_NamesIt(string fault, params string[] log)
    {
        await AppendAsync(log);
        _log.FaultOf(new Dictionary<string, int>()).ShouldBe(fault);
    }

    [Fact]
    public async Task FaultOf_AcknowledgedButNotThere_NamesTheWriter()
    {
        await AppendAsync("0:0", "1:0");
        _log.FaultOf(new Dictionary<string, int> { ["0"] = 1, ["1"] = 3 }).ShouldBe("writer 1: 1 of 3 acknowledged appends are there");
        _log.FaultOf(new Dictionary<string, int> { ["2"] = 1 }).ShouldBe("writer 2: 0 of 1 acknowledged appends are there");
    }

    [Fact]
    public async Task ReadOnAsync_AgainWhileOthersWrite_GoesOnWhereItStopped()
    {
        await AppendAsync("0:0", "1:0");
        await AppendAsync("0:1");
        await AppendAsync("0:3");
        _log.FaultOf(new Dictionary<string, int>()).ShouldBe("writer 0: 3 stands where 2 was due");
    }

    private async Task AppendAsync(params string[] texts)
    {
        await _archive.AppendAsync(
            "s", ArchiveCheck.Named([.. texts.Select(text => new ChatMessage(ChatRole.User, text))]), cancellationToken: Cancellation);
        await _log.ReadOnAsync(_archive, Cancellation);
    }
}
