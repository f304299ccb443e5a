using System.Text.Json;

namespace Strata.Gateway.Wire;

/// <summary>What stands at the top of a request body. The body is walked once, and no tree is built.</summary>
internal sealed class WireBody
{
    // Deeper than any client nests, and far from what a stack holds.
    private const int MostDepth = 256;
    private const int LongestName = 64;

    private readonly Dictionary<string, (JsonValueKind Kind, string? Text)> _members = new(StringComparer.Ordinal);

    private WireBody(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>As they came.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public string? Model => Text("model");

    /// <summary>Ollama's window of this request in tokens; null: not named.</summary>
    public int? NumCtx { get; private set; }

    /// <summary>The most tokens that the answer may have; null: not said.</summary>
    public int? MaxOutput { get; private set; }

    /// <summary>Reads the top of a body.</summary>
    /// <exception cref="JsonException">It is no JSON object, or nests too deep: the message says where.</exception>
    public static WireBody Read(ReadOnlyMemory<byte> bytes)
    {
        var body = new WireBody(bytes);
        var reader = new Utf8JsonReader(bytes.Span, new JsonReaderOptions { MaxDepth = MostDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The body is not a JSON object.");
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || reader.ValueSpan.Length > LongestName)
                continue;
            var name = reader.GetString()!;
            reader.Read();
            body.Add(name, ref reader);
        }

        return body;
    }

    public bool Has(string name) => Kind(name) is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public JsonValueKind Kind(string name) => _members.TryGetValue(name, out var member) ? member.Kind : JsonValueKind.Undefined;

    public string? Text(string name) => _members.TryGetValue(name, out var member) ? member.Text : null;

    private void Add(string name, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var isShort = reader.ValueSpan.Length <= 4 * LongestName;
                _members[name] = (JsonValueKind.String, isShort ? reader.GetString() : null);
                break;
            case JsonTokenType.StartArray:
                _members[name] = (JsonValueKind.Array, null);
                reader.Skip();
                break;
            case JsonTokenType.StartObject:
                _members[name] = (JsonValueKind.Object, null);
                if (name == "options")
                    ReadOptions(ref reader);
                else
                    reader.Skip();
                break;
            case JsonTokenType.Null:
                _members[name] = (JsonValueKind.Null, null);
                break;
            default:
                _members[name] = (JsonValueKind.Number, null);
                if (name is "max_tokens" or "max_completion_tokens" or "max_output_tokens"
                    && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var tokens) && tokens > 0)
                    MaxOutput = tokens;
                break;
        }
    }

    private void ReadOptions(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.CurrentDepth != depth + 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("num_ctx"u8))
                continue;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var tokens) && tokens > 0)
                NumCtx = tokens;
        }
    }
}
