using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Anthropic;

/// <summary>Makes the call ids of other vendors acceptable: only letters, digits, <c>_</c> and <c>-</c>, and each used once.</summary>
internal static partial class AnthropicIds
{
    /// <summary>The messages, in which results directly follow their calls, with every refused id replaced in call and result.</summary>
    public static IEnumerable<ChatMessage> Accept(IEnumerable<ChatMessage> messages)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var calls = message.Contents.OfType<FunctionCallContent>().ToList();
            if (calls.Count > 0)
                renamed.Clear();
            foreach (var call in calls)
                renamed[call.CallId] = Unique(Refused().Replace(call.CallId, "_"), used);
            yield return message.Contents.Any(content => NewId(content, renamed) is not null)
                ? new ChatMessage(
                    message.Role, [.. message.Contents.Select(content => Rename(content, renamed))]) { AuthorName = message.AuthorName }
                : message;
        }
    }

    private static string Unique(string id, HashSet<string> used)
    {
        var candidate = id.Length > 0 ? id : "call";
        for (var copy = 2; !used.Add(candidate); copy++)
            candidate = string.Create(CultureInfo.InvariantCulture, $"{id}_{copy}");
        return candidate;
    }

    private static string? NewId(AIContent content, Dictionary<string, string> renamed)
    {
        var id = (content as FunctionCallContent)?.CallId ?? (content as FunctionResultContent)?.CallId;
        return id is not null && renamed.TryGetValue(id, out var other) && !string.Equals(id, other, StringComparison.Ordinal) ? other
            : null;
    }

    private static AIContent Rename(AIContent content, Dictionary<string, string> renamed) => (content, NewId(content, renamed)) switch
    {
        (FunctionCallContent call, { } id) => new FunctionCallContent(id, call.Name, call.Arguments),
        (FunctionResultContent result, { } id) => new FunctionResultContent(id, result.Result) { Exception = result.Exception },
        _ => content,
    };

    [GeneratedRegex("[^a-zA-Z0-9_-]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Refused();
}
