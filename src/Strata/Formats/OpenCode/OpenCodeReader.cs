using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.OpenCode;

/// <summary>
/// Reads an element as what opencode sends of it: one message, and behind an assistant's the results of its tools, which stand in its
/// parts.
/// </summary>
internal static class OpenCodeReader
{
    public const string CompactionRequest = "What did we do so far?";

    private const string Interrupted = "[Tool execution was interrupted]";

    public static IReadOnlyList<ElementParts> Read(JsonValue element, ReadingContext context)
    {
        var info = element.Field("info"u8).Fields;
        var parts = element.Field("parts"u8);
        var role = context.Role(info["role"u8], ChatRole.User);
        var (blocks, results) = (new List<Block>(), new List<Block>());
        foreach (var part in parts.Items)
            ReadPart(part, role, context, blocks, results);

        // opencode sends nothing of an answer that failed before it said or did anything.
        if (blocks.Count == 0 || (info["error"u8].IsObject && blocks.TrueForAll(static block => block.Content is TextReasoningContent)))
            return [];
        var id = info["id"u8].Text;
        var message = new ElementParts(role,
            [.. blocks.Select(block => block.Content is FunctionResultContent ? block : block.In(parts, block.Item, BlockList.Other))])
        {
            MessageId = id,
        };
        return results.Count == 0 ? [message] : [message, new ElementParts(ChatRole.Tool, results) { MessageId = id }];
    }

    private static void ReadPart(JsonValue part, ChatRole role, ReadingContext context, List<Block> blocks, List<Block> results)
    {
        var fields = part.Fields;
        var text = fields["text"u8];
        var block = fields["type"u8].Text switch
        {
            "text" when text.Text is { Length: > 0 } && !IsTrue(fields["ignored"u8]) =>
                new Block(new TextContent(text.Text), BlockEdit.Text, text),
            "reasoning" when text.IsString => Reasoning(text, fields["metadata"u8]),
            "file" when role == ChatRole.User => File(fields),
            "compaction" when role == ChatRole.User => new Block(new TextContent(CompactionRequest), BlockEdit.Fixed, default),
            "subtask" when role == ChatRole.User =>
                new Block(new TextContent("The following tool was executed by the user"), BlockEdit.Fixed, default),
            "tool" => Tool(fields, context, results),
            _ => null,
        };
        if (block is not null)
            blocks.Add(block with { Item = part });
    }

    private static Block Reasoning(JsonValue text, JsonValue metadata)
    {
        var signature = metadata.Field("anthropic"u8).Field("signature"u8).Text
            ?? metadata.Field("openai"u8).Field("reasoningEncryptedContent"u8).Text;
        var edit = signature is null ? BlockEdit.Text : BlockEdit.Signed;
        return new Block(new TextReasoningContent(text.Text) { ProtectedData = signature }, edit, text);
    }

    // opencode reads text files and folders itself; the text stands in a part of its own.
    private static Block? File(JsonFields file)
    {
        var type = file["mime"u8].Text ?? "application/octet-stream";
        return type is not ("text/plain" or "application/x-directory") && MediaContents.FromUri(file["url"u8].Text, type) is { } media
            ? new Block(media, BlockEdit.Whole, default)
            : null;
    }

    private static Block Tool(JsonFields part, ReadingContext context, List<Block> results)
    {
        var state = part["state"u8].Fields;
        var input = state["input"u8];
        var name = part["tool"u8].Text ?? "";
        var id = context.CallId(part["callID"u8].Text, name);
        results.Add(Result(id, state));
        var edit = input.Exists ? BlockEdit.Arguments : BlockEdit.Fixed;
        return new Block(new FunctionCallContent(id, name, CallArguments.FromValue(input)), edit, input);
    }

    private static Block Result(string id, JsonFields state)
    {
        var output = state["output"u8];
        var error = state["error"u8];
        var metadata = state["metadata"u8];
        return state["status"u8].Text switch
        {
            "completed" when state["time"u8].Field("compacted"u8).Exists => Fixed(id, "[Old tool result content cleared]", failed: false),
            "completed" when output.IsString => Completed(id, output, state["attachments"u8]) with { Mirror = metadata },
            "error" when IsTrue(metadata.Field("interrupted"u8)) && metadata.Field("output"u8) is { IsString: true } partly =>
                new Block(new FunctionResultContent(id, partly.Text), BlockEdit.Result, partly),
            "error" => new Block(Failed(id, error.Text ?? ""), error.IsString ? BlockEdit.Result : BlockEdit.Fixed, error),
            _ => Fixed(id, Interrupted, failed: true),
        };
    }

    private static Block Completed(string id, JsonValue output, JsonValue attachments)
    {
        var media = attachments.Items.Select(file => File(file.Fields)?.In(attachments, file, BlockList.Other)).OfType<Block>().ToList();
        if (media.Count == 0)
            return new Block(new FunctionResultContent(id, output.Text), BlockEdit.Result, output);
        List<Block> parts = [new Block(new TextContent(output.Text), BlockEdit.Text, output), .. media];
        var result = new FunctionResultContent(id, parts.ConvertAll(static part => part.Content));
        return new Block(result, BlockEdit.Result, output) { Parts = parts };
    }

    private static Block Fixed(string id, string text, bool failed) =>
        new(failed ? Failed(id, text) : new FunctionResultContent(id, text), BlockEdit.Fixed, default);

    private static FunctionResultContent Failed(string id, string text) =>
        new(id, text) { Exception = new InvalidOperationException("The tool reported an error.") };

    private static bool IsTrue(JsonValue value) => value.Exists && value.Bytes.SequenceEqual("true"u8);
}
