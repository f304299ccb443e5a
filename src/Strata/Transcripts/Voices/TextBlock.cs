namespace Strata.Transcripts.Voices;

/// <summary>A stretch of a text that a client marked, from the first character of its mark to the last.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Words">Where the user's own words stand in it; null when all of it is the client's.</param>
/// <param name="Wrapper">The row of the table.</param>
internal readonly record struct TextBlock(Range Range, Range? Words, ClientWrapper Wrapper);
