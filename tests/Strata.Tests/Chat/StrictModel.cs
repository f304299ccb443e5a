using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Rendering;
using Strata.Tokens;

namespace Strata.Tests.Chat;

/// <summary>A model that looks at each request the way the strictest vendor does, and at what the caller gave for it.</summary>
/// <param name="counter">Counts the requests.</param>
/// <param name="window">What a request may have.</param>
/// <param name="answer">Says something; null: "ok".</param>
internal sealed class StrictModel(MessageCounter counter, int window, Func<IReadOnlyList<ChatMessage>, ChatMessage>? answer = null)
    : IChatClient
{
    private const string CallerKey = "caller";

    /// <summary>What was wrong with requests.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>The requests in order.</summary>
    public ConcurrentQueue<IReadOnlyList<ChatMessage>> Requests { get; } = [];

    public IReadOnlyList<ChatMessage> Last => Requests.Last();

    /// <summary>Options that tell the model what the caller holds.</summary>
    public static ChatOptions OptionsFor(List<ChatMessage> caller, ChatOptions? options = null)
    {
        options = options?.Clone() ?? new ChatOptions();
        options.AdditionalProperties = new AdditionalPropertiesDictionary { [CallerKey] = caller };
        return options;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(Answer(messages, options)));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var message = Answer(messages, options);
        var id = $"message {Requests.Count}";
        foreach (var content in message.Contents)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(message.Role, [content]) { MessageId = id };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType.IsInstanceOfType(this) && serviceKey is null ? this : null;

    public void Dispose()
    {
    }

    private ChatMessage Answer(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ChatMessage[] request = [.. messages];
        Requests.Enqueue(request);
        var number = Requests.Count;
        var caller = options?.AdditionalProperties?[CallerKey] as List<ChatMessage>;
        foreach (var fault in Check(request, options).Concat(caller is null ? [] : CheckAgainst(request, caller)))
            Faults.Enqueue($"request {number}: {fault}");
        return answer?.Invoke(request) ?? new ChatMessage(ChatRole.Assistant, "ok");
    }

    private IEnumerable<string> Check(ChatMessage[] request, ChatOptions? options)
    {
        foreach (var fault in ConversationValidator.Check(request))
            yield return fault;
        var tokens = request.Sum(message => (long)counter.Count(message).Total) + counter.CountRequest(options);
        if (tokens > window)
            yield return $"{tokens} tokens in a window of {window}";
        if (request.FirstOrDefault(message => message.Role != ChatRole.System)?.Role != ChatRole.User)
            yield return "does not begin with a user message";

        HashSet<string> open = [];
        for (var i = 0; i < request.Length; i++)
        {
            if (request[i].Contents.Count == 0)
                yield return $"message {i} is empty";
            var results = request[i].Contents.OfType<FunctionResultContent>().ToList();
            if (results.Count > 0 && request[i].Role != ChatRole.Tool)
                yield return $"message {i}: a result in the role {request[i].Role}";
            if (request[i].Role == ChatRole.Tool && results.Count == 0)
                yield return $"message {i}: a tool message without a result";
            if (request[i].Role != ChatRole.Tool && open.Count > 0)
                yield return $"message {i} stands between calls and their results";
            foreach (var call in request[i].Contents.OfType<FunctionCallContent>())
                open.Add(call.CallId);
            foreach (var result in results.Where(result => !open.Remove(result.CallId)))
                yield return $"message {i}: result {result.CallId} does not follow its call";
        }

        if (open.Count > 0)
            yield return "calls without results at the end";
    }

    private static IEnumerable<string> CheckAgainst(ChatMessage[] request, List<ChatMessage> caller)
    {
        var (last, given) = (request[^1], caller[^1]);
        if (last.Role != given.Role || !Ids(last).SequenceEqual(Ids(given))
            || (Ids(given).Length == 0 && last.Text != given.Text && !IsShortened(last.Text, given.Text)))
            yield return "does not end with what the caller's list ends with";

        var places = caller.Select((message, i) => (Message: message, Index: i))
            .ToDictionary<(ChatMessage Message, int Index), object, int>(
                pair => pair.Message, pair => pair.Index, ReferenceEqualityComparer.Instance);
        var kept = request.Where(places.ContainsKey).Select(message => places[message]).ToList();
        if (!kept.SequenceEqual(kept.Distinct().Order()))
            yield return "the caller's messages are out of order or doubled";

        var task = caller.First(message => message.Role == ChatRole.User).Text;
        if (!request.Any(message => message.Role == ChatRole.User && (message.Text == task || IsShortened(message.Text, task))))
            yield return "the task is lost";
        foreach (var rule in task.Split('\n').Where(line => line.StartsWith("Never", StringComparison.Ordinal)))
        {
            if (!request.Any(message => message.Text.Contains(rule, StringComparison.Ordinal)))
                yield return $"a rule is lost: {rule}";
        }
    }

    private static bool IsShortened(string text, string task) =>
        text.Length < task.Length && text.StartsWith(task[..20], StringComparison.Ordinal)
            && text.Contains("recall", StringComparison.Ordinal);

    private static string[] Ids(ChatMessage message) =>
        [.. message.Contents.OfType<FunctionResultContent>().Select(result => result.CallId)];
}
