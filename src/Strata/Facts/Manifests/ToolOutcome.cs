namespace Strata.Facts.Manifests;

/// <summary>What came of a call. The source is its command, or the tool and what it was about.</summary>
internal sealed record ToolOutcome(string Source, bool Failed, string Text, int Group)
{
    /// <summary>The first line that names an error, whether the call failed or not; null when none does.</summary>
    public string? Error { get; } = ResultLines.FirstError(Text);

    /// <summary>The line that matters; null when none stands out.</summary>
    public string? Line => Failed ? Error : ResultLines.Outcome(Text);
}
