using Microsoft.Extensions.AI;
using Strata.Cli.Output;
using Strata.Formats;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Cli.Inspection;

/// <summary>One large content.</summary>
/// <param name="Group">The number of its group, counted from 1.</param>
/// <param name="Place">Where it stands in the file.</param>
/// <param name="What">What it is: a role's text, or a tool's call or result.</param>
/// <param name="Text">What it begins with.</param>
/// <param name="Tokens">Tokens.</param>
/// <param name="Handle">Recalls it.</param>
internal sealed record LargeItem(int Group, string Place, string What, string Text, int Tokens, string Handle);

/// <summary>Where the tokens of a session are.</summary>
internal static class LargestItems
{
    public static IReadOnlyList<LargeItem> Find(SessionDocument document, Transcript transcript, TokenMap tokens, int count)
    {
        var names = ToolNames.Of(transcript);
        return
        [
            .. Contents(transcript)
                .OrderByDescending(place => tokens.OfContent(place.Message, place.Index)).ThenBy(place => place.Message)
                .Take(count)
                .Select(place =>
                {
                    var content = transcript.Messages[place.Message].Contents[place.Index];
                    return new LargeItem(
                        transcript.GroupOfMessage[place.Message] + 1, document.PlaceOf(place.Message),
                        What(transcript.Messages[place.Message], content, names),
                        Words.First(content), tokens.OfContent(place.Message, place.Index), ContentHandle.HandleOf(content).ToString());
                }),
        ];
    }

    /// <summary>Tokens of calls and results by the tool's name, largest first.</summary>
    public static IReadOnlyList<ToolTotal> ByTool(Transcript transcript, TokenMap tokens)
    {
        var names = ToolNames.Of(transcript);
        return
        [
            .. Contents(transcript)
                .Select(place => (Content: transcript.Messages[place.Message].Contents[place.Index],
                    Tokens: tokens.OfContent(place.Message, place.Index)))
                .Where(item => item.Content is FunctionCallContent or FunctionResultContent)
                .GroupBy(item => names.GetValueOrDefault(CallId(item.Content), "unknown tool"), StringComparer.Ordinal)
                .Select(tool => new ToolTotal(
                    tool.Key,
                    tool.Count(item => item.Content is FunctionCallContent),
                    tool.Where(item => item.Content is FunctionCallContent).Sum(item => item.Tokens),
                    tool.Where(item => item.Content is FunctionResultContent).Sum(item => item.Tokens)))
                .OrderByDescending(tool => tool.Tokens).ThenBy(tool => tool.Tool, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<(int Message, int Index)> Contents(Transcript transcript)
    {
        for (var i = 0; i < transcript.Messages.Count; i++)
        {
            for (var c = 0; c < transcript.Messages[i].Contents.Count; c++)
                yield return (i, c);
        }
    }

    private static string CallId(AIContent content) =>
        content is FunctionCallContent call ? call.CallId : ((FunctionResultContent)content).CallId;

    private static string What(ChatMessage message, AIContent content, Dictionary<string, string> names) => content switch
    {
        FunctionCallContent call => $"call {call.Name}",
        FunctionResultContent result => names.TryGetValue(result.CallId, out var name) ? $"result {name}" : "result",
        TextReasoningContent => "reasoning",
        DataContent or UriContent => "media",
        _ => message.Role.Value,
    };
}

/// <summary>The tokens of one tool.</summary>
internal sealed record ToolTotal(string Tool, int Calls, int CallTokens, int ResultTokens)
{
    public int Tokens => CallTokens + ResultTokens;
}
