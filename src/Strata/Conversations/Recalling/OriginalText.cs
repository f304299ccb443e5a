using System.Text;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Conversations.Recalling;

/// <summary>Reads the originals behind a handle, as text that a model can read.</summary>
internal static class OriginalText
{
    /// <summary>Null when the handle leads nowhere in the session, or is none; a null session: in all.</summary>
    public static async ValueTask<string?> ReadAsync(
        IArchive archive, string handle, string? sessionId, CancellationToken cancellationToken)
    {
        try
        {
            return await ArchiveRecall.FindAsync(archive, handle, sessionId, cancellationToken)
                .ConfigureAwait(false) is not { Messages.Count: > 0 } found
                ? null
                : found.Content is { } content ? TextOf(content) : string.Join("\n\n", found.Messages.Select(TextOf));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string TextOf(ChatMessage message)
    {
        var text = new StringBuilder($"[{message.Role}]");
        foreach (var content in message.Contents)
            text.Append('\n').Append(content is FunctionCallContent call ? $"called {call.Name}: {TextOf(call)}" : TextOf(content));
        return text.ToString();
    }

    private static string TextOf(AIContent content) => MessageText.Of(content) ?? content switch
    {
        DataContent data => FormattableString.Invariant($"[{data.MediaType}, {data.Data.Length:N0} bytes]"),
        UriContent uri => $"[{uri.MediaType} at {uri.Uri}]",
        _ => $"[{content.GetType().Name}]",
    };
}
