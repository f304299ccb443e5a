using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Formats.Json;

/// <summary>Writes a new body from a session of another format, one element on a line.</summary>
internal static class BodyConversion
{
    public static IEnumerable<ReadOnlyMemory<byte>> Write(
        BodyFormat format, SessionDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        List<ChatMessage> all = [.. messages.Select(static message => message.Message)];
        yield return "{"u8.ToArray();
        foreach (var (name, value) in format.WriteHead(document, all))
        {
            yield return JsonStrings.Encode(name);
            yield return ":"u8.ToArray();
            yield return value;
            yield return ","u8.ToArray();
        }

        yield return JsonStrings.Encode(format.ListName);
        yield return ":["u8.ToArray();
        var separator = "\n"u8.ToArray();
        foreach (var element in format.WriteAll(document, all))
        {
            yield return separator;
            yield return element;
            separator = ",\n"u8.ToArray();
        }

        yield return "\n]}\n"u8.ToArray();
    }
}
