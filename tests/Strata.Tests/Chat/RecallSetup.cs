using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Planning;
using Strata.Tests.Shared;
using Strata.Transcripts;

namespace Strata.Tests.Chat;

/// <summary>A conversation that has just been compacted into an archive, and the handle of something that left it.</summary>
internal sealed class RecallSetup : IDisposable
{
    public const int Window = 8_000;

    public RecallSetup(IArchive? archive = null, int window = Window)
    {
        Archive = archive ?? new InMemoryArchive();
        Compactor = new Compactor(new CompactionOptions { Window = window, MinTokensToCompact = 0, Model = "model-1" }, archive: Archive);
        Client = new CompactingChatClient(Model, Compactor);
    }

    public IArchive Archive { get; }

    public Compactor Compactor { get; }

    public FakeChatClient Model { get; } = new();

    public CompactingChatClient Client { get; }

    public List<ChatMessage> Messages { get; } = [new(ChatRole.User, "Find out why the invoices of March are wrong.")];

    public ChatOptions Options { get; set; } = new() { Tools = [AIFunctionFactory.Create(() => "", "read_file")] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Steps of a tool loop until the conversation was compacted; a handle of the newest receipt and the original it leads to.
    /// </summary>
    public async Task<(Handle Handle, string Original)> CompactAsync()
    {
        for (var i = 0; Client.GetState(Messages, Options).CompactionCount == 0; i++)
        {
            i.ShouldBeLessThan(100);
            AddStep(i, Lines(i));
            await AskAsync();
        }

        var receipt = (await Archive.ListReceiptsAsync(cancellationToken: Token))[0];
        var content = receipt.Receipt.Cuts.SelectMany(cut => cut.Contents).FirstOrDefault();
        foreach (var handle in (Handle[])[content, .. receipt.Receipt.Cuts.Select(cut => cut.Handle)])
        {
            var step = Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>()
                .FirstOrDefault(result => ContentHandle.HandleOf(result) == handle);
            if (step is not null)
                return (handle, (string)step.Result!);
        }

        // A whole group left: its first call's result is in what it leads to.
        var first = receipt.Receipt.Cuts.First(cut => cut.Action != GroupAction.Keep);
        var group = Transcript.Create(Messages).Groups.First(group => group.Handle == first.Handle);
        return (first.Handle,
            group.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => (string)result.Result!)
                .First());
    }

    public void AddStep(int number, string result)
    {
        Messages.Add(new ChatMessage(ChatRole.Assistant,
            [new FunctionCallContent($"c{number}", "read_file", new Dictionary<string, object?> { ["path"] = $"March/{number}.csv" })]));
        Messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"c{number}", result)]));
    }

    public Task<ChatResponse> AskAsync() => Client.GetResponseAsync(Messages, Options, Token);

    public static FunctionCallContent Recall(Handle handle, string name = "recall", string id = "r1") =>
        new(id, name, new Dictionary<string, object?> { ["handle"] = handle.ToString() });

    public static string Lines(int number) =>
        string.Join(
            '\n', Enumerable.Range(0, 40)
                .Select(line => $"{number};{line};customer {number * line};amount {(number + 3) * line * 7}.50;open"));

    public void Dispose()
    {
        Client.Dispose();
        Model.Dispose();
    }
}
