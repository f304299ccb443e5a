using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Benchmarks.Dialogues;

/// <summary>One conversation of a LoCoMo file as the messages of two people.</summary>
internal sealed record LocomoConversation(string Id, IReadOnlyList<ChatMessage> Messages, int Tokens)
{
    public static async Task<IReadOnlyList<LocomoConversation>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static LocomoConversation Read(JsonElement sample)
    {
        var conversation = sample.GetProperty("conversation");
        var first = conversation.GetProperty("speaker_a").GetString();
        var messages = new List<ChatMessage>();
        var chars = 0;
        for (var session = 1; conversation.TryGetProperty($"session_{session}", out var turns); session++)
        {
            var when = conversation.GetProperty($"session_{session}_date_time").GetString()!;
            var created =
                DateTimeOffset.ParseExact(when, "h:mm tt 'on' d MMMM, yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            chars += turns.GetArrayLength() > 0 ? $"[session {session}, {when}]\n".Length : 0;
            foreach (var turn in turns.EnumerateArray())
            {
                var speaker = turn.GetProperty("speaker").GetString()!;
                var text = turn.TryGetProperty("text", out var said) ? said.GetString()! : "";
                if (turn.TryGetProperty("blip_caption", out var caption))
                    text += $" [image: {caption.GetString()}]";
                messages.Add(new ChatMessage(speaker == first ? ChatRole.User : ChatRole.Assistant, text)
                {
                    AuthorName = speaker,
                    CreatedAt = created
                });
                chars += $"{speaker}: {text}\n".Length;
            }
        }

        return new LocomoConversation(sample.GetProperty("sample_id").GetString()!, messages, (chars + 2) / 4);
    }
}
