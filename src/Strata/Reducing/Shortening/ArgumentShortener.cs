using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>Shortens the long strings inside a call's arguments; names, numbers and the shape stay.</summary>
internal sealed class ArgumentShortener
{
    private readonly ITokenCounter _counter;
    private readonly Handle _handle;
    private int _leafTokens;

    private ArgumentShortener(ITokenCounter counter, Handle handle)
    {
        _counter = counter;
        _handle = handle;
    }

    public static FunctionCallContent Shorten(FunctionCallContent call, int maxTokens, ITokenCounter counter)
    {
        if (call.Arguments is null)
            return call;
        var text = MessageText.Of(call)!;
        if (counter.CountUpTo(text, maxTokens) <= maxTokens)
            return call;
        var shortener = new ArgumentShortener(counter, CutMarker.OnlyHandle(text) ?? ContentHandle.HandleOf(call));
        for (var leaf = maxTokens; leaf >= ContentShortener.MinTokens;)
        {
            var shorter = shortener.WithLeaves(call, leaf);
            var tokens = counter.Count(MessageText.Of(shorter));
            if (tokens <= maxTokens)
                return shorter;
            // Quoting and several long strings make the whole larger than one leaf: approach from above.
            var next = (int)((long)leaf * maxTokens / tokens * 95 / 100);
            leaf = leaf > ContentShortener.MinTokens ? Math.Max(ContentShortener.MinTokens, Math.Min(next, leaf - 1)) : 0;
        }

        return With(call, new Dictionary<string, object?>(StringComparer.Ordinal) { ["cut"] = CutMarker.Shortest(shortener._handle) });
    }

    private static FunctionCallContent With(FunctionCallContent call, Dictionary<string, object?> arguments) => ContentShortener.Copy(
        new FunctionCallContent(call.CallId, call.Name, arguments)
        {
            Exception = call.Exception,
            InformationalOnly = call.InformationalOnly
        },
        call);

    private FunctionCallContent WithLeaves(FunctionCallContent call, int tokens)
    {
        _leafTokens = tokens;
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in call.Arguments!)
            arguments[key] = Value(value);
        return With(call, arguments);
    }

    private object? Value(object? value)
    {
        switch (value)
        {
            case null or bool or int or long or double or decimal:
                return value;
            case string text:
                return Leaf(text);
            default:
                var element = value is JsonElement json ? json : JsonText.ToElement(value);
                if (_counter.CountUpTo(element.GetRawText(), _leafTokens) <= _leafTokens)
                    return value;
                return element.ValueKind == JsonValueKind.String ? Leaf(JsonText.StringOf(element)) : Rewrite(element);
        }
    }

    private string Leaf(string text) => TextShortener.Shorten(text, _leafTokens, _counter, _handle);

    private object Rewrite(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using (var writer = new Utf8JsonWriter(buffer))
                Write(writer, element);
            var reader = new Utf8JsonReader(buffer.WrittenSpan);
            return JsonElement.ParseValue(ref reader);
        }
        catch (InvalidOperationException)
        {
            return Leaf(element.GetRawText());   // a property name that holds half a surrogate pair cannot be read
        }
    }

    private void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Leaf(JsonText.StringOf(element)));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
