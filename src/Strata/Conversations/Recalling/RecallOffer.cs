using Microsoft.Extensions.AI;

namespace Strata.Conversations.Recalling;

/// <summary>The tools that one conversation is offered while handles stand in it.</summary>
internal sealed record RecallOffer(RecallFunction Recall, SearchHistoryFunction Search, string SessionId)
{
    private readonly AITool[] _tools = [Recall, Search];

    /// <summary>Whether it may be offered again: the same session, and still no tool of the caller has its names.</summary>
    public bool Suits(ChatOptions? options, string sessionId) =>
        SessionId == sessionId && options?.Tools?.Any(tool => tool.Name == Recall.Name || tool.Name == Search.Name) is not true;

    /// <summary>A copy of the caller's options with the tools at the end.</summary>
    public ChatOptions AddTo(ChatOptions? options)
    {
        var copy = options?.Clone() ?? new ChatOptions();
        copy.Tools = [.. options?.Tools ?? [], .. _tools];
        return copy;
    }

    public bool IsOurs(AIContent content) =>
        content is FunctionCallContent { InformationalOnly: false } call && (call.Name == Recall.Name || call.Name == Search.Name);

    /// <summary>The result of one call of ours, in at most <paramref name="room"/> tokens.</summary>
    public async ValueTask<FunctionResultContent> AnswerAsync(FunctionCallContent call, int room, CancellationToken cancellationToken)
    {
        try
        {
            return new FunctionResultContent(call.CallId, call.Name == Recall.Name
                ? await Recall.RecallAsync(ArgumentText.Of(call.Arguments, RecallFunction.HandleParameter), room, cancellationToken)
                    .ConfigureAwait(false)
                : await Search.SearchAsync(ArgumentText.Of(call.Arguments, SearchHistoryFunction.WordsParameter), cancellationToken)
                    .ConfigureAwait(false));
        }
        catch (Archives.ArchiveException)
        {
            // The turn must not fail for a store that is down; what is wrong with it is the operator's business, not the model's.
            return new FunctionResultContent(call.CallId, "The archive cannot be read at the moment. Go on without it.");
        }
    }
}
