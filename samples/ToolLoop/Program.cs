// A tool loop of many steps: the model calls a function, the program answers, hundreds of times, and every request stays inside the window.
// Microsoft.Extensions.AI runs the loop. Compaction stands inside of it, next to the model, so that it sees every step.
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Samples;

const int Window = 16_000;
const int Steps = 120;

var step = 0;
using var model = new FakeModel(Window, Answer);
await using var archive = new InMemoryArchive();
var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Window = Window, MinTokensToCompact = 0 }, archive: archive);
using IChatClient agent = model.WithCompaction(compactor).AsBuilder()
    .UseFunctionInvocation(configure: static invoking => invoking.MaximumIterationsPerRequest = Steps + 1)
    .Build();

var options = new ChatOptions { Tools = [AIFunctionFactory.Create(ReadLog, "read_log", "Reads a log by its number.")] };
List<ChatMessage> history =
[
    new(ChatRole.System, "You look for faults in logs."),
    new(ChatRole.User, "Read all the logs and tell me what is wrong. Change nothing."),
];

var response = await agent.GetResponseAsync(history, options);
history.AddMessages(response);

var state = agent.GetService<ConversationState>()!;
Console.WriteLine($"{Steps} calls of a tool; the history has {history.Count} messages, the last request {model.LastRequestMessages}. The "
    + $"largest had {model.LargestRequest} tokens of {Window}.");
Console.WriteLine($"Compactions: {state.CompactionCount}. Every request was one that a vendor takes.");
Console.WriteLine(response.Text);

static string ReadLog(int number) =>
    $"log {number}\n"
        + string.Join(
            '\n', Enumerable.Range(0, 40)
                .Select(line =>
                    $"2026-03-{number % 28 + 1:00} 10:{line:00} service-{number} request {number * 1000 + line} took {line * 7 % 90} ms"));

// Reads log after log, then asks for something that was cut long ago: the recall tool is offered because handles stand in the text.
ChatMessage Answer(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
{
    if (step < Steps)
        return new ChatMessage(ChatRole.Assistant,
            [new FunctionCallContent($"call-{++step}", "read_log", new Dictionary<string, object?> { ["number"] = step })]);
    if (messages[^1].Contents is [FunctionResultContent { CallId: "recall-1" } recalled])
        return new ChatMessage(ChatRole.Assistant,
            $"Nothing is wrong. One original was brought back by its handle; it has {recalled.Result?.ToString()?.Length} chars.");
    var handle = messages.Select(message => Regex.Match(message.Text, "recall ([0-9a-z]{12}(\\.\\.[0-9a-z]{12})?)"))
        .First(match => match.Success).Groups[1].Value;
    return options?.Tools?.Any(tool => tool.Name == "recall") is true
        ? new ChatMessage(
            ChatRole.Assistant, [new FunctionCallContent("recall-1", "recall", new Dictionary<string, object?> { ["handle"] = handle })])
        : new ChatMessage(ChatRole.Assistant, "No recall tool was offered.");
}
