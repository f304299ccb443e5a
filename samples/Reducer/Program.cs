// IChatReducer: for what keeps its own history and only asks for a shorter one, as Microsoft.Extensions.AI's UseChatReducer and the history
// providers of agents do.
using Microsoft.Extensions.AI;
using Strata;
using Strata.Archives;
using Strata.Chat;

await using var archive = new InMemoryArchive();
var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Window = 8_000, MinTokensToCompact = 0 }, archive: archive);

// The one line. Elsewhere: client.AsBuilder().UseChatReducer(reducer), or ChatReducer = reducer in the options of a history provider.
IChatReducer reducer = new CompactingChatReducer(compactor);

List<ChatMessage> history = [new(ChatRole.System, "You review contracts."), new(ChatRole.User, "Find every clause that names a deadline.")];
for (var page = 1; page <= 80; page++)
{
    history.Add(new ChatMessage(ChatRole.Assistant, $"Page {page}: "
        + $"{string.Join(' ', Enumerable.Range(page, 40).Select(n => $"clause {n} names no deadline;"))} clause {page * 100} names the "
        + $"{page % 28 + 1}th."));
    history.Add(new ChatMessage(ChatRole.User, $"Go on with page {page + 1}."));

    var before = history.Count;
    history = [.. await reducer.ReduceAsync(history, CancellationToken.None)];
    if (history.Count < before)
        Console.WriteLine($"  page {page}: {before} messages became {history.Count}, {compactor.GetTokenUsage(history).Current} tokens");
}

var receipts = await archive.ListReceiptsAsync();
Console.WriteLine($"{receipts.Count} reductions; {history.Count} messages are left.");
Console.WriteLine(history.Any(message => message.Text.Contains("every clause that names a deadline", StringComparison.Ordinal))
    ? "The task is still there." : "The task was lost.");
