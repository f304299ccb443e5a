using Strata.Summaries.Manifests;

namespace Strata.Summaries.Extractive.Sections;

/// <summary>What failed.</summary>
internal static class ErrorSection
{
    private const double ErrorShare = 0.07;
    private const int ErrorChars = 240;
    private const int SourceChars = 80;

    public static void Add(SummaryPage page, IReadOnlyList<ErrorEntry> errors)
    {
        var room = page.Room(ErrorShare);
        for (var i = errors.Count - 1; i >= 0; i--)
        {
            var error = errors[i];
            var source = error.Source.Length == 0 ? "" : $" (from {OneLine.Of(error.Source, SourceChars)})";
            page.Add(SummaryFormat.Errors, (i, 0), OneLine.Of(error.Line, ErrorChars) + source, ref room);
        }
    }
}
