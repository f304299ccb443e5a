using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.OpenAIChat;

internal static class OpenAIChatReader
{
    public static ElementParts Read(JsonFields fields, ReadingContext context)
    {
        var role = context.Role(fields["role"u8], GuessRole(fields));
        var name = fields["name"u8].Text;
        if (role == ChatRole.Tool)
        {
            var id = context.ResultId(fields["tool_call_id"u8].Text, name);
            return new ElementParts(role, [OpenAIParts.ReadResult(id, fields["content"u8])]) { AuthorName = name };
        }

        var blocks = new List<Block>();
        if ((fields["reasoning_content"u8] is { IsString: true } thought ? thought
            : fields["reasoning"u8]) is { Text: { Length: > 0 } reasoning } value)
            blocks.Add(new Block(new TextReasoningContent(reasoning), BlockEdit.Text, value));
        blocks.AddRange(OpenAIParts.ReadContent(fields["content"u8], context));
        if (fields["refusal"u8] is { Text: { Length: > 0 } refusal } refused)
            blocks.Add(new Block(new ErrorContent(refusal) { ErrorCode = "Refusal" }, BlockEdit.Text, refused));
        if (fields["audio"u8] is { IsObject: true } audio)
            blocks.Add(new Block(MediaContents.Opaque(audio), BlockEdit.Fixed, audio));
        ReadCalls(fields, context, blocks);
        return new ElementParts(role, blocks) { AuthorName = name };
    }

    private static ChatRole GuessRole(JsonFields fields) =>
        fields["tool_call_id"u8].Exists ? ChatRole.Tool
            : fields["tool_calls"u8].IsArray || fields["function_call"u8].IsObject ? ChatRole.Assistant : ChatRole.User;

    private static void ReadCalls(JsonFields fields, ReadingContext context, List<Block> blocks)
    {
        var calls = fields["tool_calls"u8];
        foreach (var call in calls.Items)
            blocks.Add(ReadCall(call, context).In(calls, call, BlockList.Calls));
        if (fields["function_call"u8] is { IsObject: true } legacy)
            blocks.Add(Call(null, legacy.Field("name"u8).Text, legacy.Field("arguments"u8), context));
    }

    private static Block ReadCall(JsonValue call, ReadingContext context)
    {
        var fields = call.Fields;
        var id = fields["id"u8].Text;
        if (fields["function"u8] is { IsObject: true } function)
            return Call(id, function.Field("name"u8).Text, function.Field("arguments"u8), context);
        if (fields["custom"u8] is not { IsObject: true } custom)
            return new Block(MediaContents.Opaque(call), BlockEdit.Fixed, call);
        var name = custom.Field("name"u8).Text ?? "";
        var input = custom.Field("input"u8);
        return new Block(
            new FunctionCallContent(context.CallId(id, name), name, CallArguments.Raw(input.Text ?? "")), BlockEdit.ArgumentsText, input);
    }

    private static Block Call(string? id, string? name, JsonValue arguments, ReadingContext context)
    {
        name ??= "";
        var edit = arguments switch { { IsString: true } => BlockEdit.ArgumentsText, { Exists: true } => BlockEdit.Arguments,
            _ => BlockEdit.Fixed };
        return new Block(new FunctionCallContent(context.CallId(id, name), name, CallArguments.FromValue(arguments)), edit, arguments);
    }
}
