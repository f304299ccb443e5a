using System.Text.Json;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Gemini;

/// <summary>What replaying the log needs to know of one line.</summary>
internal sealed record GeminiLine
{
    public static GeminiLine Unreadable { get; } = new();

    /// <summary>Whether only Gemini CLI writes such lines.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The message that the line is, or all messages of the list that it sets; null where it is neither.</summary>
    public IReadOnlyList<GeminiEntry>? Messages { get; init; }

    /// <summary>Whether <see cref="Messages"/> take the place of everything before.</summary>
    public bool ReplacesAll { get; init; }

    /// <summary>The message that the user went back to: it and all after it are gone; null where the line is no such mark.</summary>
    public string? RewindsTo { get; init; }

    public static GeminiLine Read(JsonElement line)
    {
        if (line.Text("$rewindTo"u8) is { } target)
            return new() { IsKnown = true, RewindsTo = target };
        if (line.Text("id"u8) is not null && line.Text("type"u8) is not null)
            return new() { IsKnown = true, Messages = [GeminiEntry.Read(line)] };
        var isHeader = line.Text("sessionId"u8) is not null && line.Member("projectHash"u8) is not null;
        return List(line) is { } list
            ? new() { IsKnown = true, ReplacesAll = true, Messages = [.. list.EnumerateArray().Select(GeminiEntry.Read)] }
            : new() { IsKnown = isHeader || line.Object("$set"u8) is not null };
    }

    /// <summary>The list of messages that a line sets; null where it sets none.</summary>
    public static JsonElement? List(JsonElement line) => (line.Object("$set"u8) ?? line).Array("messages"u8);

    /// <summary>The same list by its place in the bytes of the line.</summary>
    public static JsonSpan? List(JsonEdits line) =>
        line.Member(line.Member(line.Root, "$set"u8) ?? line.Root, "messages"u8);
}

/// <summary>One message as the log holds it.</summary>
/// <param name="Id">Its id, by which later versions replace earlier ones; null where it has none, and then it is passed over as Gemini
/// CLI does.</param>
/// <param name="Type"><c>user</c>, <c>gemini</c>, or something that is shown and not sent.</param>
/// <param name="IsCommand">Whether it is a command to the client itself, which is not sent.</param>
/// <param name="Answers">The ids of the calls whose results it holds: a user message that stands behind the calls.</param>
/// <param name="Model">The model that wrote it.</param>
internal readonly record struct GeminiEntry(string? Id, string? Type, bool IsCommand, IReadOnlyList<string> Answers, string? Model)
{
    public bool IsSent => Type is "user" or "gemini" && !IsCommand;

    public static GeminiEntry Read(JsonElement message)
    {
        var answers = new List<string>();
        var content = message.Member("content"u8) ?? default;
        var text = content.ValueKind == JsonValueKind.String ? content.Text() : "";
        if (content.ValueKind == JsonValueKind.Array)
        {
            foreach (var part in content.EnumerateArray())
            {
                if (part.Object("functionResponse"u8) is { } response)
                    answers.Add(response.Text("id"u8) ?? "");
                text += part.ValueKind == JsonValueKind.String ? part.Text() : part.Text("text"u8);
            }
        }

        var type = message.Text("type"u8);
        var isCommand = type is "user" && answers.Count == 0 && text.AsSpan().Trim() is ['/' or '?', ..];
        return new GeminiEntry(message.Text("id"u8), type, isCommand, answers, message.Text("model"u8));
    }
}
