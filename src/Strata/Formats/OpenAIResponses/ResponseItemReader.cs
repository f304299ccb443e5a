using Microsoft.Extensions.AI;
using Strata.Formats.Json;
using Strata.Formats.OpenAIChat;

namespace Strata.Formats.OpenAIResponses;

/// <summary>Reads one item of the Responses API.</summary>
internal static class ResponseItemReader
{
    public static ElementParts Read(JsonValue item, ReadingContext context)
    {
        var fields = item.Fields;
        var type = fields["type"u8].Text ?? (fields["role"u8].Exists ? "message" : "");
        if (type is "message")
            return ReadMessage(fields, context);
        if (type is "reasoning")
            return ReadReasoning(fields);
        var callId = fields["call_id"u8].Text;
        if (type.EndsWith("_call_output", StringComparison.Ordinal))
            return new ElementParts(
                ChatRole.Tool, [ReadOutput(type, context.ResultId(callId ?? fields["id"u8].Text, null), fields["output"u8])]);
        if (callId is not null && type.EndsWith("_call", StringComparison.Ordinal))
            return new ElementParts(ChatRole.Assistant, [ReadCall(type, callId, fields, context)]);
        if (type.Length == 0)
            context.Report(".type", "A type is missing; kept as it is.");

        // What the vendor runs by itself, approvals, references and compaction items: whole.
        return new ElementParts(RoleOf(type, fields["role"u8].Text), [new Block(MediaContents.Opaque(item), BlockEdit.Fixed, item)]);
    }

    // What the client answers is a result, whatever it says.
    private static ChatRole RoleOf(string type, string? role) => role is "developer" or "system" ? ChatRole.System
        : type is "mcp_approval_response" || type.EndsWith("_output", StringComparison.Ordinal) ? ChatRole.Tool : ChatRole.Assistant;

    private static ElementParts ReadMessage(JsonFields fields, ReadingContext context) =>
        new(context.Role(fields["role"u8], ChatRole.User), [.. OpenAIParts.ReadContent(fields["content"u8], context)])
        {
            MessageId = fields["id"u8].Text,
            AuthorName = fields["name"u8].Text,
        };

    private static ElementParts ReadReasoning(JsonFields fields)
    {
        var parts = new List<Block>();
        foreach (var list in (ReadOnlySpan<JsonValue>)[fields["summary"u8], fields["content"u8]])
        {
            foreach (var part in list.Items)
                parts.Add(OpenAIParts.Read(list, part) with { ListKind = BlockList.Other });
        }

        var text = string.Join("\n\n", parts.Select(static part => ContentText.Of(part.Content)).OfType<string>());
        var reasoning = new TextReasoningContent(text) { ProtectedData = fields["encrypted_content"u8].Text };
        return new ElementParts(
            ChatRole.Assistant, [new Block(reasoning, parts.Count > 0 ? BlockEdit.Text : BlockEdit.Fixed, default) { Parts = parts }]);
    }

    private static Block ReadCall(string type, string callId, JsonFields fields, ReadingContext context)
    {
        var name = fields["name"u8].Text ?? type[..^"_call".Length];
        context.CallId(callId, name);
        if (fields["arguments"u8] is { IsString: true } arguments)
            return new Block(
                new FunctionCallContent(callId, name, CallArguments.FromText(arguments.Text)), BlockEdit.ArgumentsText, arguments);
        if (fields["input"u8] is { IsString: true } input)
            return new Block(new FunctionCallContent(callId, name, CallArguments.Raw(input.Text ?? "")), BlockEdit.ArgumentsText, input);
        var action =
            new[] { fields["action"u8], fields["operation"u8] }.FirstOrDefault(static value => value.Exists, fields["arguments"u8]);
        return new Block(new FunctionCallContent(callId, name, CallArguments.FromValue(action)),
            action.Exists ? BlockEdit.Arguments : BlockEdit.Fixed, action);
    }

    private static Block ReadOutput(string type, string callId, JsonValue output)
    {
        switch (type)
        {
            case "computer_call_output":
                var screen = OpenAIParts.Read(default, output);
                return new Block(new FunctionResultContent(callId, new List<AIContent> { screen.Content }), BlockEdit.Fixed, output);
            case "shell_call_output" when output.IsArray:
                return ReadShellOutput(callId, output);
            default:
                return OpenAIParts.ReadResult(callId, output);
        }
    }

    private static Block ReadShellOutput(string callId, JsonValue output)
    {
        var parts = new List<Block>();
        foreach (var chunk in output.Items)
        {
            foreach (var stream in (ReadOnlySpan<JsonValue>)[chunk.Field("stdout"u8), chunk.Field("stderr"u8)])
            {
                if (stream.Text is { } text)
                    parts.Add(new Block(new TextContent(text), BlockEdit.Text, stream));
            }
        }

        var all = string.Join('\n', parts.Select(static part => ((TextContent)part.Content).Text).Where(static text => text.Length > 0));
        return new Block(
            new FunctionResultContent(callId, all), parts.Count > 0 ? BlockEdit.Result : BlockEdit.Fixed, output) { Parts = parts };
    }
}
