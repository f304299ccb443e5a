using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Gateway.Wire;

/// <summary>Changes one member at the top of a body and leaves every other byte as it is.</summary>
internal static class RootPatch
{
    /// <summary>The body whose <c>thinking</c> asks the vendor to drop what is bound to other messages; null when it has none.</summary>
    public static byte[]? WithDroppedThinking(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("thinking"u8))
                continue;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return null;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (JsonNode.Parse(body.Span[start..end]) is not JsonObject thinking)
                return null;
            thinking["block_binding"] = new JsonObject { ["prefix_mismatch_behavior"] = "drop_block" };
            return [.. body.Span[..start], .. Encoding.UTF8.GetBytes(thinking.ToJsonString()), .. body.Span[end..]];
        }

        return null;
    }
}
