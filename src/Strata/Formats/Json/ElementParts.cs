using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>What one element of the messages list holds.</summary>
internal sealed record ElementParts(ChatRole Role, IReadOnlyList<Block> Blocks)
{
    public string? AuthorName { get; init; }

    public string? MessageId { get; init; }

    public ChatMessage ToMessage() =>
        new(Role, [.. Blocks.Select(static block => block.Content)]) { AuthorName = AuthorName, MessageId = MessageId };
}
