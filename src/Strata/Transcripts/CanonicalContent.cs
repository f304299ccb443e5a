using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>
/// Fingerprints of messages and contents over a canonical form: what is sent to a model, and nothing of how it is held. A message and its
/// copy after a JSON round trip are equal although results and arguments have become <see cref="JsonElement"/>.
/// </summary>
internal static class CanonicalContent
{
    public static Fingerprint Of(ChatMessage message)
    {
        using var hash = new Hasher();
        hash.Text(message.Role.Value);
        // An agent framework names the agent on the answers and results of a run once the run has ended; they are the same messages.
        var isOfAgent = message.Role == ChatRole.Assistant || message.Role == ChatRole.Tool;
        hash.Text(isOfAgent ? "" : message.AuthorName ?? "");
        foreach (var content in message.Contents)
            Append(hash, content);
        return hash.Finish();
    }

    public static Fingerprint Of(AIContent content)
    {
        using var hash = new Hasher();
        Append(hash, content);
        return hash.Finish();
    }

    private static void Append(Hasher hash, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                hash.Text("text");
                hash.Text(text.Text);
                break;
            case TextReasoningContent reasoning:
                hash.Text("reasoning");
                hash.Text(reasoning.Text);
                hash.Text(reasoning.ProtectedData ?? "");
                break;
            case FunctionCallContent call:
                hash.Text("call");
                hash.Text(call.CallId);
                hash.Text(call.Name);
                hash.Json(call.Arguments);
                break;
            case FunctionResultContent result:
                hash.Text("result");
                hash.Text(result.CallId);
                hash.Json(result.Result);
                break;
            case DataContent data:
                hash.Text("data");
                hash.Text(data.MediaType);
                hash.Bytes(data.Data.Span);
                break;
            case UriContent uri:
                hash.Text("uri");
                hash.Text(uri.MediaType);
                hash.Text(uri.Uri.OriginalString);
                break;
            case UsageContent:
                break;   // what a call cost is not part of what was said
            case ForeignContent foreign:
                hash.Text(foreign.TypeName);
                hash.Text(foreign.Canonical);
                break;
            default:
                hash.Text(content.GetType().Name);
                hash.Text(content.RawRepresentation is JsonElement raw ? raw.GetRawText() : JsonText.Of(content));
                break;
        }
    }

    private sealed class Hasher : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Text(ReadOnlySpan<char> text)
        {
            Length(text.Length);
            var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(Math.Min(text.Length, 16 * 1024)));
            var encoder = Encoding.UTF8.GetEncoder();
            do
            {
                encoder.Convert(text, buffer, flush: true, out var read, out var written, out _);
                _hash.AppendData(buffer.AsSpan(0, written));
                text = text[read..];
            }
            while (!text.IsEmpty);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        public void Bytes(ReadOnlySpan<byte> bytes)
        {
            Length(bytes.Length);
            _hash.AppendData(bytes);
        }

        // What is said must not be able to look like two things: every field states its length before it.
        private void Length(int length)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
            _hash.AppendData(bytes);
        }

        public void Json(object? value)
        {
            switch (value)
            {
                case null:
                    Text("null");
                    break;
                case string text:
                    Text("\"");
                    Text(text);
                    break;
                case JsonElement element:
                    Element(element);
                    break;
                case IEnumerable<KeyValuePair<string, object?>> members:
                    Text("{");
                    foreach (var (key, member) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                    {
                        Text(key);
                        Json(member);
                    }

                    Text("}");
                    break;
                default:
                    Element(JsonText.ToElement(value));
                    break;
            }
        }

        private void Element(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    Text("\"");
                    Text(JsonText.StringOf(element));
                    break;
                case JsonValueKind.Object:
                    Text("{");
                    foreach (var (name, value) in JsonText.MembersOf(element))
                    {
                        Text(name);
                        Element(value);
                    }

                    Text("}");
                    break;
                case JsonValueKind.Array:
                    Text("[");
                    foreach (var item in element.EnumerateArray())
                        Element(item);
                    Text("]");
                    break;
                default:
                    Text(element.GetRawText());
                    break;
            }
        }

        public Fingerprint Finish()
        {
            Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
            _hash.GetHashAndReset(bytes);
            return Fingerprint.Read(bytes);
        }

        public void Dispose() => _hash.Dispose();
    }
}
