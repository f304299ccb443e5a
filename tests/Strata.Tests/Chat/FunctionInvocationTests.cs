using System.Globalization;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Conversations;

namespace Strata.Tests.Chat;

/// <summary>
/// The drop-in below the function invocation that users have: that of Microsoft.Extensions.AI, and an agent of Microsoft Agent Framework.
/// </summary>
public sealed class FunctionInvocationTests : IAsyncDisposable
{
    private const int Window = 16_000;
    private const int Steps = 60;

    private readonly InMemoryArchive _archive = new();
    private readonly Compactor _compactor;
    private readonly StrictModel _model;
    private readonly IChatClient _client;
    private readonly AIFunction _readLog = AIFunctionFactory.Create(ReadLog, "read_log", "Reads a log by its number.");
    private int _step;

    public FunctionInvocationTests()
    {
        _compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Window = Window, MinTokensToCompact = 0 }, archive: _archive);
        _model = new StrictModel(_compactor.Counter, Window, _ => Next());
        _client = _model.WithCompaction(_compactor).AsBuilder()
            .UseFunctionInvocation(configure: static invoking => invoking.MaximumIterationsPerRequest = Steps + 1)
            .Build();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _archive.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_BelowFunctionInvokingChatClient_EveryRequestIsValid(bool isStreaming)
    {
        List<ChatMessage> history =
            [new(ChatRole.System, "You look for faults in logs."), new(ChatRole.User, "Read all the logs. Change nothing.")];
        var options = new ChatOptions { Tools = [_readLog] };

        var response = isStreaming
            ? await _client.GetStreamingResponseAsync(history, options, Token).ToChatResponseAsync(Token)
            : await _client.GetResponseAsync(history, options, Token);

        response.Text.ShouldBe("Nothing is wrong.");
        history.AddMessages(response);
        ShouldHoldEveryStep(history);
        ShouldHaveCompacted();
    }

    [Fact]
    public async Task RunAsync_AgentOfAgentFramework_EveryRequestIsValid()
    {
        var agent = _client.AsAIAgent("You look for faults in logs.", "auditor", null, [_readLog], null, null);
        var session = await agent.CreateSessionAsync(Token);

        var response = await agent.RunAsync("Read all the logs. Change nothing.", session, null, Token);
        response.Text.ShouldBe("Nothing is wrong.");
        ShouldHoldEveryStep(response.Messages);
        ShouldHaveCompacted();

        // The agent has put its name on what it stored; the next run goes on from the view all the same.
        var compactions = _client.GetService<ConversationState>()!.CompactionCount;
        (await agent.RunAsync("Thank you. Read one more.", session, null, Token)).Text.ShouldBe("Nothing is wrong.");
        _client.GetService<ConversationState>()!.CompactionCount.ShouldBe(compactions);
        _model.Faults.ShouldBeEmpty();
    }

    private static void ShouldHoldEveryStep(IEnumerable<ChatMessage> messages)
    {
        var contents = messages.SelectMany(message => message.Contents).ToList();
        var called = contents.OfType<FunctionCallContent>().Select(call => call.CallId).ToList();
        called.Count.ShouldBe(Steps);
        contents.OfType<FunctionResultContent>().Select(result => result.CallId).ShouldBe(called);
    }

    private void ShouldHaveCompacted()
    {
        _model.Faults.ShouldBeEmpty();
        _model.Requests.Count.ShouldBeGreaterThan(Steps);
        _client.GetService<ConversationState>().ShouldNotBeNull().CompactionCount.ShouldBeGreaterThan(1);
    }

    private ChatMessage Next() => ++_step > Steps
        ? new(ChatRole.Assistant, "Nothing is wrong.")
        : new(ChatRole.Assistant, [new FunctionCallContent(
            string.Create(CultureInfo.InvariantCulture, $"call-{_step}"), "read_log",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["number"] = _step })]);

    private static string ReadLog(int number) => string.Join('\n', Enumerable.Range(0, 40).Select(line =>
        string.Create(CultureInfo.InvariantCulture,
            $"2026-03-{number % 28 + 1:00} 10:{line:00} service-{number} request {number * 1000 + line} took {line * 7 % 90} ms")));
}
