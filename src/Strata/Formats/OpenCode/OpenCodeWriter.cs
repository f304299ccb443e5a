using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;
using Strata.Transcripts;

namespace Strata.Formats.OpenCode;

/// <summary>Messages that no session held before.</summary>
internal static class OpenCodeWriter
{
    /// <summary>The messages with the results of calls in the message that makes the calls, as opencode keeps them.</summary>
    public static IReadOnlyList<ChatMessage> FoldResults(IReadOnlyList<ChatMessage> messages) =>
        [.. FoldResults([.. messages.Select(static message => new OutgoingMessage(message, -1))])
            .Select(static message => message.Message)];

    /// <summary>The same for messages to be written: those that the document holds stay as they are.</summary>
    public static IReadOnlyList<OutgoingMessage> FoldResults(IReadOnlyList<OutgoingMessage> messages)
    {
        var folded = new List<OutgoingMessage>(messages.Count);
        foreach (var outgoing in messages)
        {
            if (outgoing is not { SourceIndex: < 0, Message: { Contents.Count: > 0 } message }
                || !message.Contents.All(static content => content is FunctionResultContent)
                || folded is not [.., { SourceIndex: < 0 } last]
                || !message.Contents.All(content => Calls(last.Message, (FunctionResultContent)content)))
            {
                folded.Add(outgoing);
                continue;
            }

            folded[^1] = last with
            {
                Message = new ChatMessage(last.Message.Role, [.. last.Message.Contents, .. message.Contents])
                {
                    CreatedAt = last.Message.CreatedAt,
                },
            };
        }

        return folded;
    }

    public static byte[] Session(string id, IReadOnlyList<ChatMessage> messages, OpenCodeModel model) =>
        JsonBuilder.Build(writer => writer.Object(() =>
    {
        var times = messages.Select(static message => message.CreatedAt?.ToUnixTimeMilliseconds()).OfType<long>().DefaultIfEmpty(0)
            .ToList();
        writer.Text("id", id);
        writer.Text("slug", id);
        writer.Text("projectID", "global");
        writer.Text("directory", "/");
        writer.Text("title", "Imported session");
        writer.Object("model", () =>
        {
            writer.Text("id", model.Model);
            writer.Text("providerID", model.Provider);
        });
        writer.Text("version", "1.18.33");
        writer.Object("time", () =>
        {
            writer.WriteNumber("created", times.Min());
            writer.WriteNumber("updated", times.Max());
        });
    }));

    public static byte[] Write(ChatMessage message, OpenCodeFrame frame) => JsonBuilder.Build(writer => writer.Object(() =>
    {
        var isAssistant = message.Role == ChatRole.Assistant;
        writer.Object("info",
            () => Info(writer, frame, isAssistant, message.Contents.Any(static content => content is FunctionCallContent)));
        writer.List("parts", () =>
        {
            var number = 0;
            foreach (var content in message.Contents)
            {
                if (content is TextReasoningContent or { RawRepresentation: not null } && !isAssistant)
                    continue;
                if (content is FunctionResultContent result
                    && message.Contents.OfType<FunctionCallContent>().Any(call => Answers(call, result)))
                    continue;
                writer.Object(() =>
                {
                    Part(writer, content, message, frame);
                    writer.Text("id", OpenCodeIds.Part(frame.Id, number++));
                    writer.Text("sessionID", frame.Session);
                    writer.Text("messageID", frame.Id);
                });
            }
        });
    }));

    private static void Info(Utf8JsonWriter writer, OpenCodeFrame frame, bool isAssistant, bool callsTools)
    {
        writer.Text("role", isAssistant ? "assistant" : "user");
        writer.Object("time", () =>
        {
            writer.WriteNumber("created", frame.Time);
            if (isAssistant)
                writer.WriteNumber("completed", frame.Time);
        });
        writer.Text("agent", "build");
        if (isAssistant)
        {
            writer.Text("parentID", frame.Parent);
            writer.Text("mode", "build");
            writer.Object("path", () =>
            {
                writer.Text("cwd", frame.Directory);
                writer.Text("root", frame.Directory);
            });
            writer.WriteNumber("cost", 0);
            writer.Raw("tokens", """{"input":0,"output":0,"reasoning":0,"cache":{"read":0,"write":0}}"""u8);
            writer.Text("modelID", frame.Model.Model);
            writer.Text("providerID", frame.Model.Provider);
            writer.Text("finish", callsTools ? "tool-calls" : "stop");
        }
        else
        {
            writer.Object("model", () =>
            {
                writer.Text("providerID", frame.Model.Provider);
                writer.Text("modelID", frame.Model.Model);
            });
        }

        writer.Text("id", frame.Id);
        writer.Text("sessionID", frame.Session);
    }

    private static void Part(Utf8JsonWriter writer, AIContent content, ChatMessage message, OpenCodeFrame frame)
    {
        switch (content)
        {
            case FunctionCallContent call:
                Tool(writer, call, message.Contents.OfType<FunctionResultContent>().FirstOrDefault(result => Answers(call, result)), frame);
                break;
            case TextReasoningContent reasoning:
                writer.Text("type", "reasoning");
                writer.Text("text", reasoning.Text);
                writer.Object("time", () => writer.WriteNumber("start", frame.Time));
                break;
            case DataContent or UriContent when message.Role != ChatRole.Assistant:
                File(writer, content);
                break;
            default:
                writer.Text("type", "text");
                writer.Text("text", ContentText.Of(content) ?? MediaContents.Describe(content));
                break;
        }
    }

    private static void Tool(Utf8JsonWriter writer, FunctionCallContent call, FunctionResultContent? result, OpenCodeFrame frame)
    {
        writer.Text("type", "tool");
        writer.Text("tool", call.Name);
        writer.Text("callID", call.CallId);
        writer.Object("state", () =>
        {
            writer.Text("status", result is null ? "running" : result.Exception is null ? "completed" : "error");
            writer.Raw("input", CallArguments.ToObject(call.Arguments));
            if (result is not null)
                writer.Text(result.Exception is null ? "output" : "error", ContentText.OfResult(result.Result));
            if (result is { Exception: null })
            {
                writer.Text("title", call.Name);
                writer.Raw("metadata", "{}"u8);
            }

            writer.Object("time", () =>
            {
                writer.WriteNumber("start", frame.Time);
                if (result is not null)
                    writer.WriteNumber("end", frame.Time);
            });
        });
    }

    private static void File(Utf8JsonWriter writer, AIContent content)
    {
        writer.Text("type", "file");
        writer.Text("mime", content is DataContent data ? data.MediaType : ((UriContent)content).MediaType);
        writer.Text("url", content is DataContent own ? own.Uri : ((UriContent)content).Uri.OriginalString);
    }

    private static bool Calls(ChatMessage message, FunctionResultContent result) =>
        message.Contents.OfType<FunctionCallContent>().Any(call => Answers(call, result));

    private static bool Answers(FunctionCallContent call, FunctionResultContent result) =>
        string.Equals(call.CallId, result.CallId, StringComparison.Ordinal);
}
