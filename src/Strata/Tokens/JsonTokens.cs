using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tokens;

/// <summary>Counts values as the compact JSON they are sent as, through one buffer a thread.</summary>
internal static class JsonTokens
{
    /// <summary>A buffer that a huge result has blown up is not kept for the life of the thread.</summary>
    private const int KeepBytes = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? Writer;

    /// <summary>A value that cannot be written as JSON counts as the text that is left of it.</summary>
    public static int Count<T>(ITokenCounter counter, T value)
    {
        var buffer = Buffer ?? new ArrayBufferWriter<byte>(4096);
        var writer = Writer ?? new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Buffer = null;
        Writer = null;
        try
        {
            writer.Reset(buffer);
            Write(writer, value);
            writer.Flush();
            return counter.Count(buffer.WrittenSpan);
        }
        catch (Exception e) when (JsonText.CannotBeWritten(e))
        {
            return value is null ? 0 : counter.Count(JsonText.Of(value));
        }
        finally
        {
            if (buffer.Capacity <= KeepBytes)
            {
                buffer.ResetWrittenCount();
                Buffer = buffer;
                Writer = writer;
            }
            else
            {
                writer.Dispose();
            }
        }
    }

    private static void Write<T>(Utf8JsonWriter writer, T value)
    {
        if (value is JsonElement element)
            element.WriteTo(writer);
        else
            JsonSerializer.Serialize(writer, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value?.GetType() ?? typeof(object)));
    }
}
