using Strata.Transcripts;

namespace Strata.LevelZero;

/// <summary>What somebody said, on one line. The handle brings back the whole message; null when it is no longer known.</summary>
internal sealed record Quote(string Text, Handle? Handle, bool WasCut);
