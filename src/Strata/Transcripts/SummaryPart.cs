namespace Strata.Transcripts;

/// <summary>One part of the history that a summary tells: what a model, or the conversation itself, says of some turns.</summary>
/// <param name="Level">0 the words themselves, 1 one turn, 2 ten turns, 3 more.</param>
/// <param name="First">Handle of the first group that it stands for.</param>
/// <param name="Last">Handle of the last one.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsEarlier">Whether an earlier compaction left some of it behind: its originals are not in the conversation that is
/// compacted now.</param>
public sealed record SummaryPart(int Level, Handle First, Handle Last, string Text, bool IsEarlier = false);
