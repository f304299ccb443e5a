using Microsoft.Extensions.AI;

namespace Strata.Storage.Tests.Processes;

/// <summary>Conversations that two processes make alike from a number.</summary>
internal static class MadeUp
{
    private static readonly string[] Words =
        "the archive keeps every original of a long conversation and gives it back byte for byte after a crash 归档 größe ошибка".Split(' ');

    /// <summary>Turns of user, call, result and answer; some messages are the same in all of them.</summary>
    public static List<ChatMessage> Conversation(int number, int turns = 12)
    {
        var random = new Random(number);
        var messages = new List<ChatMessage> { new(ChatRole.System, "You are careful.") };
        for (var turn = 0; turn < turns; turn++)
        {
            var call = $"call_{number}_{turn}";
            messages.Add(new ChatMessage(ChatRole.User, turn % 3 == 2 ? "continue" : Text(random, 20)));
            messages.Add(new ChatMessage(ChatRole.Assistant,
                [new FunctionCallContent(call, "read", new Dictionary<string, object?> { ["path"] = $"src/{random.Next()}.cs" })]));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call, Text(random, random.Next(50, 600)))]));
            messages.Add(new ChatMessage(ChatRole.Assistant, Text(random, 40)));
        }

        return messages;
    }

    private static string Text(Random random, int words) =>
        string.Join(
            ' ', Enumerable.Range(0, words).Select(_ => random.Next(4) == 0 ? $"{random.Next():x}" : Words[random.Next(Words.Length)]));
}
