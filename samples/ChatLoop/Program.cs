// A plain chat loop: the whole history goes into every call, and what is sent stays inside the window.
using Microsoft.Extensions.AI;
using Strata;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Samples;

const int Window = 6_000;
const int Turns = 60;

// In your own program: the IChatClient of your vendor's package.
using var model = new FakeModel(Window, static (messages, _) => new ChatMessage(
    ChatRole.Assistant,
    messages.Any(message => message.Text.Contains("4711", StringComparison.Ordinal)) ? "Noted. The booking number is still known."
        : "I no longer know the booking number."));

var archive = new InMemoryArchive();
await using (archive)
{
    var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Window = Window, MinTokensToCompact = 0 }, archive: archive);
    using var told = compactor.OnContextCompacted((compacted, _) =>
    {
        Console.WriteLine($"  compacted {compacted.TokensBefore} to {compacted.TokensAfter} tokens");
        return ValueTask.CompletedTask;
    });

    // The one line.
    using IChatClient client = model.WithCompaction(compactor);

    List<ChatMessage> history =
    [
        new(ChatRole.System, "You are a travel agent."),
        new(ChatRole.User, "My booking number is 4711. Always name it when you answer."),
    ];
    for (var turn = 1; turn <= Turns; turn++)
    {
        var response = await client.GetResponseAsync(history);
        history.AddMessages(response);
        history.Add(new ChatMessage(ChatRole.User, $"Question {turn}: what is there to see in town number {turn}? "
            + $"{string.Join(' ', Enumerable.Range(turn, 60).Select(n => $"Somebody spoke of house {n}."))}"));
    }

    var last = await client.GetResponseAsync(history);
    var state = client.GetService<ConversationState>()!;
    Console.WriteLine($"The history has {history.Count} messages; the last request had {model.LastRequestMessages}, the largest "
        + $"{model.LargestRequest} tokens of {Window}.");
    Console.WriteLine(
        $"Compactions: {state.CompactionCount}. Archived originals stay: {(await archive.ListReceiptsAsync()).Count} receipts.");
    Console.WriteLine(last.Text);
}
