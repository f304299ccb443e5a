using Microsoft.Extensions.AI;
using Strata.Cli.Output;
using Strata.Transcripts;

namespace Strata.Cli.Reports;

/// <summary>Original messages as text, each under its role.</summary>
internal static class RecallText
{
    public static void Write(TextWriter writer, IEnumerable<ChatMessage> messages)
    {
        var first = true;
        foreach (var message in messages)
        {
            foreach (var content in message.Contents)
            {
                if (Label(message, content) is not { } label)
                    continue;
                if (!first)
                    writer.WriteLine();
                first = false;
                writer.WriteLine($"── {label}");
                writer.WriteLine(MessageText.Of(content) ?? "");
            }
        }
    }

    private static string? Label(ChatMessage message, AIContent content) => content switch
    {
        UsageContent => null,
        FunctionCallContent call => $"{message.Role}: call {call.Name}",
        FunctionResultContent => "tool result",
        TextReasoningContent => $"{message.Role}: reasoning",
        DataContent data => $"{message.Role}: {data.MediaType}, {Numbers.Bytes(data.Data.Length)}",
        UriContent uri => $"{message.Role}: {uri.MediaType} {uri.Uri.OriginalString}",
        _ => message.Role.Value,
    };
}
