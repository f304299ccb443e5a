using Strata.Transcripts;

namespace Strata.Summaries.Extractive;

/// <summary>What the user asked for, on one line. The handle brings back the whole message; null when it is no longer known.</summary>
internal sealed record UserRequest(string Text, Handle? Handle, bool WasCut);
