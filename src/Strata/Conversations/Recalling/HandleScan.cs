using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Conversations.Recalling;

/// <summary>Finds the handles that stand in a conversation.</summary>
internal static class HandleScan
{
    // How every marker and header names one; whether it leads anywhere only the archive knows.
    private const string Word = "recall ";

    // Enough to meet one that leads somewhere; each costs a question to the archive.
    private const int Most = 32;

    /// <summary>The handles named in <paramref name="messages"/>, each once for every message that names it, in order.</summary>
    public static IEnumerable<(Handle Handle, ChatMessage Message)> Find(IEnumerable<ChatMessage> messages) => messages
        .SelectMany(static message =>
            message.Contents.SelectMany(static content => TextsOf(content).SelectMany(In)).Distinct().Select(handle => (handle, message)))
        .Take(Most);

    // Only what is text already: what compaction writes is, and structured results would have to be serialized in every call.
    private static IEnumerable<string?> TextsOf(AIContent content) => content switch
    {
        TextContent text => [text.Text],
        FunctionResultContent result => [StringOf(result.Result)],
        FunctionCallContent { Arguments: { } arguments } => arguments.Values.Select(StringOf),
        _ => [],
    };

    private static string? StringOf(object? value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => JsonText.StringOf(json),
        _ => null,
    };

    private static IEnumerable<Handle> In(string? text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            at += Word.Length;
            if (at + Handle.Length <= text!.Length && IsHandle(text.AsSpan(at, Handle.Length), out var handle))
                yield return handle;
        }
    }

    private static int Next(string? text, int from) =>
        text is null || from >= text.Length ? -1 : text.IndexOf(Word, from, StringComparison.Ordinal);

    // Word for word as it is written: "recall conversation" is no handle although people's spelling of one is understood elsewhere.
    private static bool IsHandle(ReadOnlySpan<char> text, out Handle handle) =>
        Handle.TryParse(text.ToString(), out handle) && text.SequenceEqual(handle.ToString());
}
