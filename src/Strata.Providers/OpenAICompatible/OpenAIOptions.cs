using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Providers.OpenAICompatible;

/// <summary>Writes what a request to <c>/chat/completions</c> holds beside model, messages and tools.</summary>
internal static class OpenAIOptions
{
    public static void Write(Utf8JsonWriter writer, ChatOptions? options, string maxTokensName, bool stream)
    {
        if (stream)
        {
            writer.WriteBoolean("stream", true);
            writer.WriteStartObject("stream_options");
            writer.WriteBoolean("include_usage", true);
            writer.WriteEndObject();
        }

        if (options is null)
            return;
        if (options.MaxOutputTokens is { } max)
            writer.WriteNumber(maxTokensName, max);
        Write(writer, "temperature", options.Temperature);
        Write(writer, "top_p", options.TopP);
        Write(writer, "frequency_penalty", options.FrequencyPenalty);
        Write(writer, "presence_penalty", options.PresencePenalty);
        if (options.Seed is { } seed)
            writer.WriteNumber("seed", seed);
        if (EffortOf(options.Reasoning?.Effort) is { } effort)
            writer.WriteString("reasoning_effort", effort);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop");
            foreach (var stop in stops)
                writer.WriteStringValue(stop);
            writer.WriteEndArray();
        }

        WriteFormat(writer, options.ResponseFormat);
        WriteToolMode(writer, options);
    }

    private static string? EffortOf(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => null,
    };

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
            return;
        writer.WriteStartObject("response_format");
        writer.WriteString("type", json.Schema is null ? "json_object" : "json_schema");
        if (json.Schema is { } schema)
        {
            writer.WriteStartObject("json_schema");
            writer.WriteString("name", json.SchemaName ?? "answer");
            if (json.SchemaDescription is { } description)
                writer.WriteString("description", description);
            writer.WritePropertyName("schema");
            schema.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteToolMode(Utf8JsonWriter writer, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 })
            return;
        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                writer.WriteString("tool_choice", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.WriteStartObject("tool_choice");
                writer.WriteString("type", "function");
                writer.WriteStartObject("function");
                writer.WriteString("name", name);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            case RequiredChatToolMode:
                writer.WriteString("tool_choice", "required");
                break;
        }

        if (options.AllowMultipleToolCalls is { } parallel)
            writer.WriteBoolean("parallel_tool_calls", parallel);
    }

    private static void Write(Utf8JsonWriter writer, string name, float? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }
}
