using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>What a handle stands for.</summary>
/// <param name="Groups">The groups that it names, or the one that its content is in.</param>
/// <param name="Content">The one content that it names; null when it names whole groups.</param>
/// <param name="MessageIndex">Where the content, or the first group's first message, stands in the transcript.</param>
public sealed record RecalledOriginal(IReadOnlyList<MessageGroup> Groups, AIContent? Content, int MessageIndex);
