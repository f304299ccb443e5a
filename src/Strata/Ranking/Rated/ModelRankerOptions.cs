namespace Strata.Ranking;

/// <summary>How documents are put before a model.</summary>
public sealed record ModelRankerOptions
{
    /// <value>The most documents of one call; fewer where the model's window is small. The default is 10.</value>
    public int DocumentsPerCall { get; init; } = 10;

    /// <value>Tokens of a document that the model sees; the rest is cut off. The default is 400.</value>
    public int MaxDocumentTokens { get; init; } = 400;

    /// <value>Calls under way at the same time. The default is 4.</value>
    public int MaxParallel { get; init; } = 4;

    /// <value>For one attempt. The default is 30 s.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
