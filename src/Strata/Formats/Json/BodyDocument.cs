using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>A session that is one JSON document.</summary>
internal sealed class BodyDocument(
    string format, JsonBody body, IReadOnlyList<ChatMessage> messages, IReadOnlyList<int> elements, IReadOnlyList<FormatProblem> problems) : SessionDocument
{
    public JsonBody Body => body;

    public override string Format => format;

    public override IReadOnlyList<ChatMessage> Messages => messages;

    public override IReadOnlyList<FormatProblem> Problems => problems;

    public override string? Model { get; } = body.Root.Field("model"u8).Text;

    public override ChatOptions? Options => ReadOptions;

    public override ReasoningVendor? SignedBy => ReadSignedBy;

    internal ChatOptions? ReadOptions { get; init; }

    internal ReasoningVendor? ReadSignedBy { get; init; }

    /// <summary>The index of the element that a message was read from.</summary>
    public int ElementOf(int message) => elements[message];

    public override string PlaceOf(int messageIndex) => body.PlaceOf(elements[messageIndex]);
}
