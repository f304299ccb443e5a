
namespace Strata.LevelZero.Wording;

/// <summary>What the files of labels call each label; the wording may change, the id does not.</summary>
internal static class LabelIds
{
    /// <summary>Stands in a label for what differs from summary to summary.</summary>
    public const string Hole = "{0}";

    public static readonly (string Id, string English)[] All =
    [
        (nameof(SummaryFormat.FirstRequest), SummaryFormat.FirstRequest),
        (nameof(SummaryFormat.Requests), SummaryFormat.Requests),
        (nameof(SummaryFormat.LastWords), SummaryFormat.LastWords),
        (nameof(SummaryFormat.Tasks), SummaryFormat.Tasks),
        (nameof(SummaryFormat.Commits), SummaryFormat.Commits),
        (nameof(SummaryFormat.Said), SummaryFormat.Said),
        (nameof(SummaryFormat.Reported), SummaryFormat.Reported),
        (nameof(SummaryFormat.Earlier), SummaryFormat.Earlier),
        (nameof(SummaryFormat.Files), SummaryFormat.Files),
        (nameof(SummaryFormat.FilesUnder), SummaryFormat.FilesUnder + Hole + ":"),
        (nameof(SummaryFormat.Commands), SummaryFormat.Commands),
        (nameof(SummaryFormat.Findings), SummaryFormat.Findings),
        (nameof(SummaryFormat.Rules), SummaryFormat.Rules),
        (nameof(SummaryFormat.Facts), SummaryFormat.Facts),
        (nameof(SummaryFormat.Errors), SummaryFormat.Errors),
        (nameof(SummaryFormat.OtherNames), SummaryFormat.OtherNames),
    ];
}
