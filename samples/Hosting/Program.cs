// Strata from a container: options in appsettings.json, checked when the host starts.
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Samples;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

// In your own program: the IChatClient of your vendor's package. With Microsoft.Extensions.AI, function invocation goes around it:
// AddChatClient(services => …) stays as it is, and the agent takes chatClient.AsBuilder().UseFunctionInvocation().Build(services).
var model = new FakeModel(8_000, static (messages, _) => new ChatMessage(ChatRole.Assistant, $"I was sent {messages.Count} messages."));

// The one line.
builder.Services.AddStrata(builder.Configuration.GetSection("Strata")).AddChatClient(_ => model);

using var host = builder.Build();
await host.StartAsync();

var client = host.Services.GetRequiredService<IChatClient>();
List<ChatMessage> history = [new(ChatRole.User, "Read the reports one by one and tell me which one is wrong.")];
for (var report = 1; report <= 40; report++)
{
    var response = await client.GetResponseAsync(history);
    history.AddMessages(response);
    history.Add(new ChatMessage(
        ChatRole.User, $"Report {report}: {string.Join(' ', Enumerable.Range(0, 120).Select(n => $"line {n} says {n * report};"))}"));
}

var answer = await client.GetResponseAsync(history);
var state = client.GetService<ConversationState>()!;
var archive = host.Services.GetRequiredService<IArchive>();
var hits = await archive.SearchAsync(new SearchQuery { Words = "Report 3", Limit = 1 });
Console.WriteLine($"The history has {history.Count} messages. {answer.Text} The largest request had {model.LargestRequest} tokens of "
    + $"{state.Window}.");
Console.WriteLine($"Compactions: {state.CompactionCount}. Search finds what left the context: "
    + $"{(hits.Count > 0 ? hits[0].Excerpt[..Math.Min(40, hits[0].Excerpt.Length)] : "nothing")}");
await host.StopAsync();
