using Strata.LevelZero.Sections;
using Strata.LevelZero.Wording;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.LevelZero;

/// <summary>
/// Fills a summary: each section has a share of the tokens, so that none crowds out the rest; what one leaves goes to the next, and at the
/// end to whatever brings most.
/// </summary>
internal sealed class SummaryComposer
{
    private readonly SessionNotes _notes;
    private readonly ITokenCounter _counter;
    private readonly int _maxTokens;
    private readonly SummaryDraft _draft;
    private readonly SummaryPage _page;

    private SummaryComposer(SessionNotes notes, string header, int maxTokens, ITokenCounter counter)
    {
        _notes = notes;
        _counter = counter;
        _maxTokens = maxTokens;
        _draft = new SummaryDraft(header, maxTokens, counter, Labels.In(notes.Language), mayHaveTags: !notes.IsWithoutWork);
        _page = new SummaryPage(_draft, new CandidateSelector(notes.Identifiers), maxTokens, counter);
    }

    public static string Compose(SessionNotes notes, string header, int maxTokens, ITokenCounter counter)
    {
        var composer = new SummaryComposer(notes, header, maxTokens, counter);
        composer.Fill();
        return composer.Fitted();
    }

    private void Fill()
    {
        var manifest = _notes.Manifest;
        var said = new HashSet<Candidate>(ReferenceEqualityComparer.Instance);
        var isAmongPeople = _notes.Dialogue is { IsTalk: true, IsAmongPeople: true };
        var isWordsOnly = _notes.IsWithoutWork && !isAmongPeople;
        var talk = _notes.Dialogue is { IsTalk: true } dialogue && !isWordsOnly ? dialogue : null;
        foreach (var text in _notes.Beside)
            _page.Selector.Cover(text);
        var answered = isAmongPeople ? null : _notes.Answered;
        var isFirstAnswered = _notes.HoldsFirstRequest && answered is { } last && ReferenceEquals(last.Request, _notes.Requests[0]);
        if (_notes.HoldsFirstRequest && !isWordsOnly && !isAmongPeople && !isFirstAnswered)
            RequestSection.AddFirst(_page, _notes.Requests);
        if (answered is { } newest)
            RequestSection.AddAnswered(_page, isFirstAnswered ? SummaryFormat.FirstRequest : SummaryFormat.Requests, newest);
        var requests = isAmongPeople ? []
            : RequestsBeside(isWordsOnly ? RuleSection.AddAll(_page, _notes.Ledger) : RuleSection.Add(_page, _notes.Ledger));
        if (_notes.HoldsFirstRequest && isWordsOnly && !isFirstAnswered)
            RequestSection.AddFirst(_page, requests);
        if (answered is { Request: var told } && !isFirstAnswered)
            requests = [.. requests.Where(request => !ReferenceEquals(request, told))];
        TaskSection.Add(_page, manifest.Tasks);
        if (talk is null)
            RequestSection.Add(_page, requests, _notes.HoldsFirstRequest);
        if (_notes.LastWords is { } words && !isAmongPeople && answered is null)
            RequestSection.AddLastWords(_page, words);
        var failures = ErrorSection.Add(_page, manifest.Errors);
        CommandSection.AddCommits(_page, manifest.Commits);
        var files = FileSection.Add(_page, manifest.Files, _notes.Identifiers);
        CommandSection.AddFindings(_page, manifest.Findings);
        CommandSection.Add(_page, manifest.Commands, failures, _page.RoomToExplain(CommandSection.Share), evenPrinting: false);
        if (_notes.Dialogue is { IsTalk: false } carried)
            DialogueSection.Add(_page, carried, _page.Room(DialogueSection.CarriedShare));
        SentenceSection.Add(
            _page, SummaryFormat.Earlier, StillTrue(_notes.Earlier), said, _page.RoomToExplain(SentenceSection.EarlierShare));
        if (talk is null)
            SentenceSection.Add(_page, SummaryFormat.Reported, _notes.Reports, said, _page.RoomToExplain(SentenceSection.ReportShare));
        _draft.Remeasure();
        if (talk is not null)
        {
            DialogueSection.Add(_page, talk, _draft.Left);
            return;
        }

        AddNames(files);
        FileSection.AddLines(_page, _notes.FileLines, files, _draft.Left / 3);
        _draft.Remeasure();
        SentenceSection.Add(_page, SummaryFormat.Reported, _notes.Reports, said, _draft.Left / 2);
        CommandSection.Add(_page, manifest.Commands, failures, _draft.Left / 2, evenPrinting: true);
        _draft.Remeasure();
        TopicSection.Add(_page, _notes.Identifiers, files, _draft.Left);
        if (!_notes.IsWithoutWork)
            RuleSection.AddFacts(_page, _notes.Ledger);
    }

    // An earlier summary tells of files as they were then; what it says of one that is gone since is stale.
    private IReadOnlyList<Candidate> StillTrue(IReadOnlyList<Candidate> earlier)
    {
        if (_notes.Manifest.Gone.Count == 0)
            return earlier;
        var gone = _notes.Manifest.Gone.Concat(_notes.Manifest.Gone.Select(path => path[(path.LastIndexOf('/') + 1)..]))
            .ToHashSet(StringComparer.Ordinal);
        return [.. earlier.Where(sentence => !sentence.Identifiers.Any(name => gone.Contains(_notes.Identifiers[name])))];
    }

    // What stands among the rules is not quoted again, and what newer words have made stale not at all.
    private IReadOnlyList<Quote> RequestsBeside(IReadOnlySet<Handle> unsaid)
    {
        var ledger = _notes.Ledger;
        if (_notes.IsWithoutWork)
        {
            foreach (var stale in ledger.Stale)
                _page.Selector.Cover(stale);
        }

        var first = _notes.IsWithoutWork ? null : _notes.Requests.FirstOrDefault();   // it stands above already
        return [.. _notes.Requests.Where(request => request == first || request.Handle is not { } handle || unsaid.Contains(handle)
            || !ledger.Told.TryGetValue(handle, out var isRule) || !(isRule || _notes.IsWithoutWork))];
    }

    // A line of a file says more than its names, and costs half as much again: lines have what the names leave, and always a little.
    private void AddNames(FileEntries files)
    {
        var room = Math.Min(_draft.Left, _page.Room(TopicSection.Share));
        FileSection.AddLines(_page, _notes.FileLines, files,
            Math.Max((int)(room * FileSection.LinesShare), room - TopicSection.Need(_page, _notes.Identifiers)));
        _draft.Remeasure();
        TopicSection.Add(_page, _notes.Identifiers, files, Math.Min(_draft.Left, _page.Room(TopicSection.Share)));
        _draft.Remeasure();
    }

    // Line counts add up to the whole in every tokenizer measured; where they should not, the last added go first.
    private string Fitted()
    {
        var text = _draft.ToString();
        while (_counter.CountUpTo(text, _maxTokens) > _maxTokens && !_draft.IsEmpty)
        {
            _draft.RemoveLast();
            text = _draft.ToString();
        }

        return text;
    }
}
