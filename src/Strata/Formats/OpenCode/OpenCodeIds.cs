using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;
using Strata.Formats.Jsonl;

namespace Strata.Formats.OpenCode;

/// <summary>
/// Ids as opencode makes them: twelve hexadecimal digits that rise with time, and fourteen more characters, here of a hash.
/// </summary>
internal static class OpenCodeIds
{
    private const int TailLength = 14;

    public static string Session(IReadOnlyList<ChatMessage> messages) =>
        $"ses_{StableId.Hex(12 + TailLength, "session", messages is [var first, ..] ? first.Text : "")}";

    /// <summary>The id of a message; <paramref name="number"/> tells apart what has the same time.</summary>
    public static string Message(long time, int number, ChatMessage message) =>
        $"msg_{Rising((time * 4096) + number)}"
        + StableId.Hex(TailLength, message.Role.Value, message.Text, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The id of a part. opencode orders the parts of a message by it.</summary>
    public static string Part(string message, int number) =>
        $"prt_{Rising(number)}{StableId.Hex(TailLength, message, number.ToString(CultureInfo.InvariantCulture))}";

    private static string Rising(long value) => (value & 0xFFFF_FFFF_FFFF).ToString("x12", CultureInfo.InvariantCulture);
}

/// <summary>The model that messages name.</summary>
internal readonly record struct OpenCodeModel(string Provider, string Model)
{
    /// <summary>From a model's name, which may have its provider before a slash.</summary>
    public static OpenCodeModel Of(string? name) => name?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
        ? new(name[..slash], name[(slash + 1)..])
        : new(name?.StartsWith("claude", StringComparison.Ordinal) == true ? "anthropic" : "openai", name ?? "unknown");
}

/// <summary>How a new message is tied to its session.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Session">The session.</param>
/// <param name="Parent">The user message that an assistant's answers.</param>
/// <param name="Time">In milliseconds since 1970; opencode orders messages by it.</param>
/// <param name="Model">The model that it names.</param>
/// <param name="Directory">The folder that the agent works in.</param>
internal readonly record struct OpenCodeFrame(string Id, string Session, string Parent, long Time, OpenCodeModel Model, string Directory)
{
    /// <summary>
    /// A summary takes the id of the last user message that it replaces, so that the answers to it keep their parent, and stands by
    /// time between its
    /// neighbours.
    /// </summary>
    public static OpenCodeFrame For(ChatMessage message, Insertion place)
    {
        var elements = place.Document.Body.Elements;
        var session = place.Document.Body.Root.Field("info"u8);
        var history = OpenCodeHistory.Of(place.Document.Body);
        var replaced = (place.Replaces ?? []).Select(place.Document.ElementOf).ToList();
        var time = replaced.Count > 0 ? history.TimeOf(place.Document.Body, replaced[0]) : 0;
        if (place.Before >= 0)
            time = Math.Max(time, history.TimeOf(place.Document.Body, place.Before) + 1 + place.Number);
        if (place.After >= 0)
            time = Math.Min(time == 0 ? long.MaxValue : time, history.TimeOf(place.Document.Body, place.After) - 1);
        var taken = replaced.LastOrDefault(element => elements[element].Field("info"u8).Field("role"u8).TextIs("user"u8), -1);
        var id = taken >= 0 && message.Role != ChatRole.Assistant ? elements[taken].Field("info"u8).Field("id"u8).Text : null;
        var user = Enumerable.Range(0, place.Before + 1).Select(element => elements[element].Field("info"u8).Fields)
            .LastOrDefault(static info => info["role"u8].TextIs("user"u8), new JsonFields([]))["id"u8].Text;
        var model = session.Field("model"u8).Fields;
        return new OpenCodeFrame(
            id ?? OpenCodeIds.Message(time, place.Number, message), session.Field("id"u8).Text ?? "", user ?? "", time,
            new OpenCodeModel(model["providerID"u8].Text ?? "unknown", model["id"u8].Text ?? place.Document.Model ?? "unknown"),
            session.Field("directory"u8).Text ?? "");
    }
}
