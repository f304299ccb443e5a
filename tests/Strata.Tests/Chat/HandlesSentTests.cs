using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Tests.Shared;

namespace Strata.Tests.Chat;

/// <summary>A model reads of handles only where something answers them.</summary>
public sealed class HandlesSentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task GetResponseAsync_Handles_AreSentWhereSomethingAnswers(bool hasArchive, bool hasTool, bool areSent)
    {
        var model = new FakeChatClient();
        var compactor = new Compactor(
            new CompactionOptions { Window = 6_000, MinTokensToCompact = 0 }, archive: hasArchive ? new InMemoryArchive() : null);
        using var client = new CompactingChatClient(model, compactor);
        var options = new ChatOptions();
        if (hasTool)
            options.Tools = [AIFunctionFactory.Create((string handle) => handle, "recall")];
        List<ChatMessage> messages = [new(ChatRole.User, "Audit the ledger and find out why its sums are off.")];
        for (var step = 0; step < 60; step++)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call-{step}", "read_ledger")]));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"call-{step}", Page(step))]));
            messages.Add(new ChatMessage(ChatRole.Assistant, $"Page {step} has a gap at entry {step * 31}."));
            messages.Add(new ChatMessage(ChatRole.User, $"Go on, but never touch page {step + 3}. {Page(step + 100)}"));
            await client.GetResponseAsync(messages, options, Token);
        }

        var texts = model.Requests.SelectMany(request => request.Messages).SelectMany(message => message.Contents)
            .Select(content => content is FunctionResultContent { Result: string result } ? result : content.ToString() ?? "").ToList();
        texts.ShouldContain(text => text.Contains("Previous conversation summary", StringComparison.Ordinal));
        texts.Any(text => text.Contains("recall", StringComparison.OrdinalIgnoreCase)
            || text.Contains("[earlier ", StringComparison.Ordinal)).ShouldBe(areSent);
        model.Last.Count.ShouldBeLessThan(messages.Count);
    }

    private static string Page(int page) =>
        string.Join('\n', Enumerable.Range(0, 20).Select(line => $"{page}.{line} account {page * line} booked {line * 7 % 90} and {page}"));
}
