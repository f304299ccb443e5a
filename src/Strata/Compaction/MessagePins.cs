using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata;

/// <summary>Messages that no compaction changes or drops.</summary>
/// <remarks>
/// A pin is an entry of <see cref="ChatMessage.AdditionalProperties"/>, so that it goes with the message through JSON. Strata never sets
/// one by itself, and adapters of vendors do not send it.
/// </remarks>
public static class MessagePins
{
    private const string Key = "strata.pin";

    /// <summary>Keeps a message word for word, with the calls and results that belong to it, in every compaction.</summary>
    /// <returns>The same message.</returns>
    public static ChatMessage Pin(this ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        (message.AdditionalProperties ??= [])[Key] = true;
        return message;
    }

    /// <summary>Takes the pin away again; a message without one stays as it is.</summary>
    /// <returns>The same message.</returns>
    public static ChatMessage Unpin(this ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.AdditionalProperties?.Remove(Key);
        return message;
    }

    /// <summary>Whether the message was pinned, here or before it went through JSON.</summary>
    public static bool IsPinned(this ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.AdditionalProperties?.TryGetValue(Key, out var pin) is true
            && pin is true or JsonElement { ValueKind: JsonValueKind.True };
    }
}
