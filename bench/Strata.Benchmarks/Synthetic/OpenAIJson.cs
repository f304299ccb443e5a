using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Benchmarks.Synthetic;

/// <summary>Writes messages as OpenAI chat messages, for programs in other languages.</summary>
internal static class OpenAIJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IReadOnlyList<ChatMessage> messages) =>
        JsonSerializer.SerializeToUtf8Bytes(messages.Select(Message), Options);

    private static Dictionary<string, object?> Message(ChatMessage message)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["role"] = message.Role.Value };
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        if (message.Contents is [FunctionResultContent result])
            (fields["tool_call_id"], fields["content"]) = (result.CallId, result.Result);
        else
            fields["content"] = message.Text;
        if (calls.Count > 0)
        {
            fields["tool_calls"] = calls.Select(call => new
            {
                id = call.CallId,
                type = "function",
                function = new { name = call.Name, arguments = JsonSerializer.Serialize(call.Arguments, Options) },
            });
        }

        return fields;
    }
}
