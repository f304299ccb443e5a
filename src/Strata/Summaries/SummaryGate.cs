namespace Strata.Summaries;

/// <summary>Decides whether what a summarizer wrote may stand for the originals.</summary>
public static class SummaryGate
{
    // A model cannot count; a tenth above the allowance is forgiven, the caller makes it fit.
    private const double Overage = 1.1;

    /// <summary>Why the summary is refused; null when it is accepted.</summary>
    /// <param name="summary">What was written.</param>
    /// <param name="maxTokens">What it was allowed.</param>
    /// <param name="coveredTokens">Tokens of the groups it stands for.</param>
    public static string? Refuse(Summary summary, int maxTokens, int coveredTokens)
    {
        ArgumentNullException.ThrowIfNull(summary);
        if (string.IsNullOrWhiteSpace(Transcripts.SummaryHeader.BodyOf(summary.Text)))
            return "it says nothing";
        if (summary.Tokens >= coveredTokens)
            return FormattableString.Invariant($"it has {summary.Tokens} tokens and stands for {coveredTokens}");
        return summary.Tokens > maxTokens * Overage
            ? FormattableString.Invariant($"it has {summary.Tokens} tokens, {maxTokens} were allowed")
            : null;
    }
}
