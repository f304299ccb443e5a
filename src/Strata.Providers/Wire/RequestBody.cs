using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Providers.Wire;

/// <summary>
/// Writes request bodies. Messages and tools are written by the same code that writes session files, so tool pairs and media come out as
/// the vendor wants them.
/// </summary>
internal static class RequestBody
{
    /// <remarks><paramref name="writeMembers"/> writes what the body holds beside model, messages and tools.</remarks>
    public static async ValueTask<ReadOnlyMemory<byte>> WriteAsync(
        string format, string model, IReadOnlyList<ChatMessage> messages, ChatOptions? options, Action<Utf8JsonWriter> writeMembers,
        CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var writer = new Utf8JsonWriter(body);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            var hasMembers = body.Length > 1;
            using var conversation = new MemoryStream();
            var document = new Request(model, messages, options);
            await SessionFormats.Find(format)!
                .WriteAsync(
                    document, [.. messages.Select(static (message, i) => new OutgoingMessage(message, i))], conversation, cancellationToken)
                .ConfigureAwait(false);

            // Both are objects: the members of the second follow those of the first.
            body.WriteByte(hasMembers ? (byte)',' : (byte)' ');
            body.Write(conversation.GetBuffer().AsSpan(1, (int)conversation.Length - 1));
            return body.ToArray();
        }
    }

    private sealed class Request(string model, IReadOnlyList<ChatMessage> messages, ChatOptions? options) : SessionDocument
    {
        public override string Format => "request";

        public override IReadOnlyList<ChatMessage> Messages => messages;

        public override string? Model => model;

        public override ChatOptions? Options => options;

        public override string PlaceOf(int messageIndex) => $"messages[{messageIndex}]";
    }
}
