using Microsoft.Extensions.AI;
using Strata.Formats;

namespace Strata.Transcripts;

/// <summary>One message to be written, with where it came from.</summary>
/// <param name="Message">
/// The message. When it stems from a source message but is not that instance, its contents stand position by position for the contents of
/// the source: an equal reference means "leave this block alone", another instance replaces the block's text.
/// </param>
/// <param name="SourceIndex">Its index in <see cref="SessionDocument.Messages"/>; −1 for a message that the document does not hold (a
/// summary).</param>
public readonly record struct OutgoingMessage(ChatMessage Message, int SourceIndex)
{
    /// <summary>For a summary: the indexes of the source messages it stands for, ascending; null otherwise.</summary>
    public IReadOnlyList<int>? Replaces { get; init; }
}
