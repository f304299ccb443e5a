namespace Strata.Transcripts;

/// <summary>
/// A user message and all that follows until the next one. The first turn also holds what stands before the first user message.
/// </summary>
/// <param name="Index">Position among the turns.</param>
/// <param name="FirstGroup">Index of its first group.</param>
/// <param name="GroupCount">Number of groups.</param>
public readonly record struct Turn(int Index, int FirstGroup, int GroupCount)
{
    /// <summary>One past the index of its last group.</summary>
    public int EndGroup => FirstGroup + GroupCount;
}
