using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Strata.Tests.Chat;

/// <summary>A model that answers each request as a test says, and remembers what it was sent.</summary>
internal sealed class ScriptedModel(params Func<IReadOnlyList<ChatMessage>, ChatResponse>[] answers) : IChatClient
{
    private readonly Queue<Func<IReadOnlyList<ChatMessage>, ChatResponse>> _answers = new(answers);

    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests { get; } = [];

    public IReadOnlyList<ChatMessage> Last => Requests[^1].Messages;

    public IEnumerable<string> ToolsOfLast => Requests[^1].Options?.Tools?.Select(tool => tool.Name) ?? [];

    public static ChatResponse Say(string text, long? inputTokens = null) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        Usage = inputTokens is null ? null : new UsageDetails { InputTokenCount = inputTokens, OutputTokenCount = 10 },
    };

    public static ChatResponse Call(params AIContent[] contents) => new(new ChatMessage(ChatRole.Assistant, [.. contents]))
    {
        FinishReason = ChatFinishReason.ToolCalls,
        Usage = new UsageDetails { OutputTokenCount = 5 },
    };

    public void Then(params Func<IReadOnlyList<ChatMessage>, ChatResponse>[] more)
    {
        foreach (var answer in more)
            _answers.Enqueue(answer);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] request = [.. messages];
        Requests.Add((request, options));
        return Task.FromResult(_answers.TryDequeue(out var answer) ? answer(request) : Say("ok"));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var response = await GetResponseAsync(messages, options, cancellationToken);
        var id = $"message {Requests.Count}";
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { MessageId = id };
        if (response.Usage is { } usage)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { MessageId = id };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
