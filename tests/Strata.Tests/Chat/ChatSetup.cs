using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Planning;
using Strata.Summaries;

namespace Strata.Tests.Chat;

/// <summary>A client with everything around it, over a window in which a few dozen steps are too many.</summary>
internal sealed class ChatSetup : IDisposable
{
    public const int Window = 8_000;

    public ChatSetup(ToolLoop loop, ISummarizer? summarizer = null, IArchive? archive = null, ConversationOptions? options = null,
        ICompactionStrategy? strategy = null)
    {
        Loop = loop;
        var settings = new CompactionOptions
        {
            Window = Window,
            MinTokensToCompact = 0,
            Strategy = strategy?.Name ?? CompactionStrategies.Default
        };
        Compactor = new Compactor(settings, summarizer, strategy is null ? null : [strategy], archive: archive);
        Model = new StrictModel(Compactor.Counter, Window, _ => loop.NextCalls());
        Client = new CompactingChatClient(Model, Compactor, options);
    }

    public ToolLoop Loop { get; }

    public Compactor Compactor { get; }

    public StrictModel Model { get; }

    public CompactingChatClient Client { get; }

    public ConversationState State => Client.GetState(Loop.Messages);

    public Task StepAsync() => Loop.StepAsync(Client, isStreaming: false, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Steps until <paramref name="enough"/>.</summary>
    public async Task StepUntilAsync(Func<ConversationState, bool> enough)
    {
        for (var i = 0; i < 200 && !enough(State); i++)
            await StepAsync();
        enough(State).ShouldBeTrue();
    }

    /// <summary>What a caller holds that keeps its history as JSON.</summary>
    public static List<ChatMessage> RoundTrip(IEnumerable<ChatMessage> messages) =>
        JsonSerializer.Deserialize<List<ChatMessage>>(
            JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

    public void Dispose()
    {
        Client.Dispose();
        Model.Dispose();
    }
}
