using Microsoft.Extensions.AI;
using Strata.Formats;

namespace Strata.Tests.Formats.Json;

/// <summary>A session of any format, made of messages alone.</summary>
internal sealed class OtherDocument(string format, IReadOnlyList<ChatMessage> messages, ReasoningVendor? signedBy = null) : SessionDocument
{
    public override string Format => format;

    public override IReadOnlyList<ChatMessage> Messages => messages;

    public override ReasoningVendor? SignedBy => signedBy;

    public override string PlaceOf(int messageIndex) => $"message {messageIndex}";
}
