using Strata.Facts.Ledgers;
using Strata.Facts.Manifests;
using Strata.LevelZero;
using Strata.LevelZero.Reading;
using Strata.Summaries;
using Strata.Text;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Ladder.Gate;

/// <summary>Reads what must be kept out of raw groups, with what level 0 reads them with.</summary>
internal static class GroupKeeper
{
    // The newest: what failed long before is over, or failed again.
    private const int MostFailures = 4;
    private const int MostCommits = 6;
    private const int MostFacts = 5;

    private const int SourceChars = 60;
    private const int LineChars = 120;

    // Below this a fact is a guess.
    private const double SureFact = .9;

    public static MustKeep Read(Transcript transcript, IReadOnlyList<int> groups)
    {
        if (groups.Count == 0)
            return MustKeep.Nothing;
        // A transcript of these groups alone, so that what must be kept depends on them alone, and the time as well.
        var part = Transcript.Create(groups.Order().SelectMany(group => transcript.Groups[group].Messages));
        var notes = SessionReader.Read(
            new SummaryRequest
            {
                Transcript = part,
                Groups = [.. part.Groups.Select(group => group.Index)],
                MaxTokens = int.MaxValue,
                Counter = CharsPerTokenCounter.Instance
            },
            CancellationToken.None);
        return new MustKeep([.. ItemsOf(notes, SaidIn(part))]);
    }

    private static IEnumerable<KeptItem> ItemsOf(SessionNotes notes, IReadOnlyList<string> said)
    {
        var (ledger, manifest) = (notes.Ledger, notes.Manifest);
        foreach (var rule in ledger.Entries.Where(entry => entry.Kind == StatementKind.Rule))
            yield return new KeptItem(KeptKind.Rule, SummaryFormat.Escape(rule.Text));
        foreach (var task in manifest.Tasks.Tasks.Where(task => task.State != TaskState.Done))
            yield return new KeptItem(KeptKind.Task, SummaryFormat.Escape(ManifestEntries.Write(task)));
        foreach (var failure in manifest.Errors.TakeLast(MostFailures).OrderBy(failure => failure.Cure is not null))
            yield return new KeptItem(KeptKind.Failure, SummaryFormat.Escape(ManifestEntries.Write(Short(failure))));
        foreach (var commit in manifest.Commits.TakeLast(MostCommits))
            yield return new KeptItem(KeptKind.Commit, SummaryFormat.Escape(ManifestEntries.Write(commit)));
        foreach (var fact in ledger.Entries.Where(entry => entry.Kind == StatementKind.Fact && entry.Weight >= SureFact)
            .TakeLast(MostFacts))
            yield return new KeptItem(KeptKind.Fact, SummaryFormat.Escape(fact.Text));
        var changed =
            manifest.Files.Where(file => file.State != FileState.Seen).OrderByDescending(file => file.LastGroup).Select(file => file.Path);
        foreach (var name in KeptNames.Of(notes.Identifiers, said, changed))
            yield return name with { Text = SummaryFormat.Escape(name.Text) };
    }

    // A summary of one part has room for what failed and how it ended, not for all that was printed.
    private static ErrorEntry Short(ErrorEntry failure) => failure with
    {
        Source = OneLine.Cut(failure.Source, SourceChars),
        Line = OneLine.Cut(failure.Line, LineChars),
        Cure = failure.Cure is { } cure ? OneLine.Cut(cure, SourceChars) : null,
        Reason = null,
    };

    private static List<string> SaidIn(Transcript part) =>
    [
        .. part.Groups.Where(group => group is { Kind: GroupKind.User or GroupKind.Assistant, IsInjected: false })
            .Select(group => InjectedText.Strip(group.Messages[0])).Where(text => text.Length > 0),
    ];
}
