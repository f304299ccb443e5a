using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Providers.Ollama;

/// <summary>Writes what a request to <c>/api/chat</c> holds beside model, messages and tools.</summary>
internal static class OllamaOptions
{
    public static void Write(Utf8JsonWriter writer, ChatOptions? options, OllamaCall call, TimeSpan keepAlive, bool stream)
    {
        writer.WriteBoolean("stream", stream);
        writer.WriteString("keep_alive", string.Create(CultureInfo.InvariantCulture, $"{(long)keepAlive.TotalSeconds}s"));

        // Newer versions say that the input is too long instead of cutting it, and stop instead of forgetting the beginning; older ones
        // ignore both.
        writer.WriteBoolean("truncate", false);
        writer.WriteBoolean("shift", false);
        WriteThinking(writer, options?.Reasoning?.Effort);
        WriteFormat(writer, options?.ResponseFormat);

        writer.WriteStartObject("options");
        writer.WriteNumber("num_ctx", call.NumCtx);
        Write(writer, "num_predict", options?.MaxOutputTokens);
        Write(writer, "temperature", options?.Temperature);
        Write(writer, "top_p", options?.TopP);
        Write(writer, "top_k", options?.TopK);
        Write(writer, "seed", options?.Seed);
        Write(writer, "frequency_penalty", options?.FrequencyPenalty);
        Write(writer, "presence_penalty", options?.PresencePenalty);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop");
            foreach (var stop in stops)
                writer.WriteStringValue(stop);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter writer, ReasoningEffort? effort)
    {
        if (effort is not null)
            writer.WriteBoolean("think", effort != ReasoningEffort.None);
    }

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
            return;
        writer.WritePropertyName("format");
        if (json.Schema is { } schema)
            schema.WriteTo(writer);
        else
            writer.WriteStringValue("json");
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, (decimal)number);
    }

    private static void Write(Utf8JsonWriter writer, string name, float? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }
}
