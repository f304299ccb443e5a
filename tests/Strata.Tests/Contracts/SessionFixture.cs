using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>Fixture files, and cuts through their messages.</summary>
public static class SessionFixture
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Formats", "Fixtures", name));

    /// <summary>Messages that call ids hold together, as indexes; every other message alone.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Groups(IReadOnlyList<ChatMessage> messages)
    {
        var groups = new List<List<int>>();
        var groupOfCall = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            var ids = messages[i].Contents
                .Select(static content => (content as FunctionCallContent)?.CallId ?? (content as FunctionResultContent)?.CallId)
                .OfType<string>().ToList();
            var group = ids.Select(id => groupOfCall.GetValueOrDefault(id)).FirstOrDefault(static found => found is not null);
            if (group is null)
                groups.Add(group = []);
            group.Add(i);
            foreach (var id in ids)
                groupOfCall.TryAdd(id, group);
        }

        return groups;
    }

    /// <summary>Some groups removed, some results shortened, some neighbouring groups replaced by a summary.</summary>
    public static IReadOnlyList<OutgoingMessage> RandomCut(
        SessionDocument document, Random random, string summary, Func<ChatMessage, ChatMessage?> shorten)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(shorten);
        var summaryAt = new Dictionary<int, OutgoingMessage>();
        var removed = new HashSet<int>();
        var groups = Groups(document.Messages);
        var (dropRate, summaryRate) = (random.NextDouble() * 0.7, random.NextDouble() * 0.3);
        for (var g = 0; g < groups.Count; g++)
        {
            if (random.NextDouble() < summaryRate)
            {
                var count = random.Next(1, 6);
                int[] replaced = [.. groups.Skip(g).Take(count).SelectMany(static group => group).Where(i => !removed.Contains(i)).Order()];
                g += count - 1;
                if (replaced.Length == 0)
                    continue;
                summaryAt[replaced[^1]] = new OutgoingMessage(new ChatMessage(ChatRole.User, summary), -1) { Replaces = replaced };
                removed.UnionWith(replaced);
            }
            else if (random.NextDouble() < dropRate)
            {
                removed.UnionWith(groups[g]);
            }
        }

        var outgoing = new List<OutgoingMessage>();
        for (var i = 0; i < document.Messages.Count; i++)
        {
            var message = document.Messages[i];
            if (summaryAt.TryGetValue(i, out var replacing))
                outgoing.Add(replacing);
            else if (!removed.Contains(i))
                outgoing.Add(new OutgoingMessage(random.Next(4) == 0 ? shorten(message) ?? message : message, i));
        }

        return outgoing;
    }

    /// <summary>Messages as lines that differ when what a model is sent differs.</summary>
    public static IReadOnlyList<string> Canonical(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select(static message => $"{message.Role}: {string.Join(" | ", Canonical(message.Contents))}")];

    public static IReadOnlyList<string> Canonical(IEnumerable<AIContent> contents) => [.. contents.Select(Canonical)];

    private static string Canonical(AIContent content) => content switch
    {
        TextContent text => $"text {text.Text}",
        TextReasoningContent reasoning => $"reasoning {reasoning.Text} {reasoning.ProtectedData}",
        FunctionCallContent call =>
            $"call {call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions)}",
        FunctionResultContent result => $"result {result.CallId} {Result(result.Result)}",
        DataContent data => $"data {data.MediaType} {Convert.ToHexString(data.Data.Span)}",
        UriContent uri => $"uri {uri.Uri}",
        _ => $"{content.GetType().Name} {(content.RawRepresentation as JsonElement?)?.GetRawText()}",
    };

    private static string Result(object? result) => result switch
    {
        string text => text,
        IEnumerable<AIContent> contents => $"[{string.Join(" , ", Canonical(contents))}]",
        _ => JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions),
    };
}
