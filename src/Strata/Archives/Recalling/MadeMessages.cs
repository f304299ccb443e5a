using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Archives.Recalling;

/// <summary>Tells messages that a compaction may have made. Errs towards yes: a quotation looks the same.</summary>
internal static class MadeMessages
{
    private const string Recall = "recall ";

    public static bool LooksMade(ChatMessage message) => message.Contents.Any(content => content switch
    {
        TextContent text => SummaryHeader.Starts(text.Text) || Names(text.Text),
        TextReasoningContent reasoning => Names(reasoning.Text),
        ErrorContent error => Names(error.Message),
        FunctionResultContent result => Names(result.Result),
        FunctionCallContent call => call.Arguments?.Values.Any(Names) == true,
        _ => false,
    });

    private static bool Names(object? value) => value switch
    {
        null => false,
        string text => text.Contains(Recall, StringComparison.Ordinal),
        JsonElement { ValueKind: not JsonValueKind.Undefined } element => JsonMarshal.GetRawUtf8Value(element).IndexOf("recall "u8) >= 0,
        IEnumerable<KeyValuePair<string, object?>> members => members.Any(member => Names(member.Value)),
        IEnumerable<AIContent> contents => contents.Any(content => content is TextContent text && Names(text.Text)),
        _ => false,
    };
}
