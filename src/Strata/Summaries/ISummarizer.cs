using Strata.Planning.Hierarchy;

namespace Strata.Summaries;

/// <summary>Writes a summary of some groups of a transcript.</summary>
/// <remarks>
/// The text is at most <see cref="SummaryRequest.MaxTokens"/> long, in the conversation's language, and carries on what an earlier summary
/// among the groups said instead of summarizing it again. Thread-safe.
/// </remarks>
public interface ISummarizer
{
    /// <summary>0 extractive, no model; 1 per turn; 2 per ten turns; 3 whole.</summary>
    int Level { get; }

    /// <summary>Who writes, for receipts: <c>extractive</c>, or the model.</summary>
    string Name { get; }

    /// <summary>The tree that it can write parts of; null where it writes one text.</summary>
    HierarchyOptions? Hierarchy => null;

    ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default);
}
