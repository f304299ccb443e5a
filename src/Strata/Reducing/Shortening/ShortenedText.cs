using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>
/// A text that was shortened before, taken apart. Tokens is 0 where the marker does not say; the handle is the original's.
/// </summary>
internal readonly record struct ShortenedText(string Head, int Tokens, Handle Handle, string Tail, string Marker);
