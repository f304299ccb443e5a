using System.Globalization;
using Strata.Summaries.Ledgers;
using Strata.Summaries.Manifests;
using Strata.Tokens;

namespace Strata.Summaries.Extractive;

/// <summary>
/// Fills a summary: each class of entries has a share of the tokens, so that none crowds out the rest; what a class leaves goes to the next
/// ones, and at the end to whatever brings most.
/// </summary>
internal sealed class SummaryComposer
{
    // Shares of the whole, set by what state_recall and future_reference need; they overlap on purpose, since few sessions fill every class.
    private const double FirstRequestShare = 0.08;
    private const double RuleShare = 0.15;
    private const double LastWordsShare = 0.07;
    private const double OpenTaskShare = 0.08;
    private const double DoneTaskShare = 0.08;
    private const double RequestShare = 0.25;
    private const double FileShare = 0.22;
    private const double ErrorShare = 0.07;
    private const double CommitShare = 0.04;
    private const double CommandShare = 0.10;
    private const double ReportShare = 0.20;
    private const double EarlierShare = 0.15;
    private const double NameShare = 0.05;

    // Chars of an entry: enough for a sentence's point, a command with its arguments, an error with its place.
    private const int CommandChars = 200;
    private const int ErrorChars = 240;
    private const int TaskChars = 200;
    private const int SourceChars = 80;

    // From here on an entry has more behind it than it says, and the dozen tokens of a handle are well spent.
    private const int WorthAHandle = 160;
    private const int MostNames = 20;
    private const int LeastRequestTokens = 16;

    private readonly SessionNotes _notes;
    private readonly ITokenCounter _counter;
    private readonly int _maxTokens;
    private readonly SummaryDraft _draft;
    private readonly CandidateSelector _selector;
    private readonly HashSet<Candidate> _used = new(ReferenceEqualityComparer.Instance);

    private SummaryComposer(SessionNotes notes, string header, int maxTokens, ITokenCounter counter)
    {
        _notes = notes;
        _counter = counter;
        _maxTokens = maxTokens;
        _draft = new SummaryDraft(header, _maxTokens, _counter);
        _selector = new CandidateSelector(_notes.Identifiers);
    }

    public static string Compose(SessionNotes notes, string header, int maxTokens, ITokenCounter counter)
    {
        var composer = new SummaryComposer(notes, header, maxTokens, counter);
        composer.Fill();
        return composer.Fitted();
    }

    private void Fill()
    {
        AddFirstRequest();
        AddRules();
        AddTasks(SummaryFormat.OpenTasks, OpenTaskShare, _notes.Manifest.Tasks.Where(task => task.State != TaskState.Done));
        AddRequests(Room(RequestShare));
        AddTasks(SummaryFormat.DoneTasks, DoneTaskShare, _notes.Manifest.Tasks.Where(task => task.State == TaskState.Done));
        AddLastWords();
        AddErrors();
        AddCommits();
        var files = AddFiles(Room(FileShare));
        AddCommands(Room(CommandShare));
        AddSentences(SummaryFormat.Earlier, _notes.Earlier, Room(EarlierShare));
        AddSentences(SummaryFormat.Reported, _notes.Reports, Room(ReportShare));
        AddNames(Room(NameShare));
        _draft.Remeasure();
        AddCode(files, _draft.Left);
        _draft.Remeasure();
        AddSentences(SummaryFormat.Reported, _notes.Reports, _draft.Left);
        AddCommands(_draft.Left);
    }

    private int Room(double share) => (int)(_maxTokens * share);

    private bool Add(string label, (int, int) order, string entry, ref int room)
    {
        var line = SummaryFormat.Entry + SummaryFormat.Escape(entry);
        if (!_draft.TryAdd(label, order, line, ref room))
            return false;
        _selector.Cover(line);
        return true;
    }

    private void AddFirstRequest()
    {
        if (_notes.Requests.Count == 0 || !_notes.HoldsFirstRequest)
            return;
        var room = Math.Max(Room(FirstRequestShare), Math.Min(48, _draft.Left / 3));
        AddQuote(SummaryFormat.FirstRequest, _notes.Requests[0], 0, room - 12, ref room);
    }

    private void AddLastWords()
    {
        var room = Room(LastWordsShare);
        if (_notes.LastWords is { } words)
            AddQuote(SummaryFormat.LastWords, words, 0, room - 12, ref room);
    }

    private void AddRequests(int room)
    {
        var newest = Math.Max(_notes.HoldsFirstRequest ? 1 : 0, _notes.Requests.Count - Math.Max(1, room / LeastRequestTokens));
        if (newest >= _notes.Requests.Count)
            return;
        var lengths = Enumerable.Range(newest, _notes.Requests.Count - newest)
            .Select(i => _counter.CountUpTo(_notes.Requests[i].Text, room) + 3).Order().ToList();
        var cap = QuoteCutter.WaterLevel(lengths, room - 8);
        for (var i = _notes.Requests.Count - 1; i >= newest; i--)
            AddQuote(SummaryFormat.Requests, _notes.Requests[i], i, cap, ref room);
    }

    private void AddQuote(string label, Quote request, int index, int cap, ref int room)
    {
        var text = request.Text;
        var cut = request.WasCut;
        if (_counter.CountUpTo(text, cap) + 3 > cap)
        {
            const int handleTokens = 14;
            var length = cap > 3 * handleTokens ? cap - handleTokens : cap;
            text = QuoteCutter.EndsKept(text, length - 4, _counter);
            cut = true;
        }

        var handle = cut ? request.Handle : null;   // a request that stands here whole has nothing to recall
        if (text.Length > 0 && !Add(label, (index, 0), SummaryFormat.WithHandle(text, handle), ref room))
            _ = Add(label, (index, 0), text, ref room);
    }

    private void AddRules()
    {
        var room = Room(RuleShare);
        var rules = _notes.Ledger.Entries;
        for (var i = rules.Count - 1; i >= 0; i--)
            Add(SummaryFormat.Rules, (i, 0), SummaryFormat.WithHandle(rules[i].Text, rules[i].Text.Length > WorthAHandle ? rules[i].Handle : null), ref room);
    }

    private void AddTasks(string label, double share, IEnumerable<TaskEntry> tasks)
    {
        var room = Room(share);
        var list = tasks.ToList();
        // The last of the done and the first of the open are nearest to what comes next.
        var indexes = label == SummaryFormat.DoneTasks ? Enumerable.Range(0, list.Count).Reverse() : Enumerable.Range(0, list.Count);
        foreach (var i in indexes)
        {
            var (mark, state) = list[i].State switch
            {
                TaskState.Done => ("[x]", "done"),
                TaskState.InProgress => ("[~]", "in progress"),
                _ => ("[ ]", "open"),
            };
            var id = list[i].Id is { } number ? $", task {number}" : "";
            Add(label, (i, 0), $"{mark} {OneLine.Of(list[i].Text, TaskChars)} ({state}{id})", ref room);
        }
    }

    private void AddErrors()
    {
        var room = Room(ErrorShare);
        for (var i = _notes.Manifest.Errors.Count - 1; i >= 0; i--)
        {
            var error = _notes.Manifest.Errors[i];
            var source = error.Source.Length == 0 ? "" : $" (from {OneLine.Of(error.Source, SourceChars)})";
            Add(SummaryFormat.Errors, (i, 0), OneLine.Of(error.Line, ErrorChars) + source, ref room);
        }
    }

    private void AddCommits()
    {
        var room = Room(CommitShare);
        for (var i = _notes.Manifest.Commits.Count - 1; i >= 0; i--)
        {
            var commit = _notes.Manifest.Commits[i];
            Add(SummaryFormat.Commits, (i, 0), $"{commit.Sha} on {commit.Branch}: {OneLine.Of(commit.Subject, TaskChars)}", ref room);
        }
    }

    // Files that were changed come before files that were only read; among each the newest first.
    private Dictionary<string, int> AddFiles(int room)
    {
        var files = _notes.Manifest.Files;
        var root = CommonRoot.Of([.. files.Select(file => file.Path)]);
        if (root.Length > 0)
            _draft.FilesLabel = $"{SummaryFormat.FilesUnder}{root}:";
        var shown = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var changed in (ReadOnlySpan<bool>)[true, false])
        {
            for (var i = files.Count - 1; i >= 0; i--)
            {
                var file = files[i];
                if (file.State != FileState.Seen != changed)
                    continue;
                var uses = string.Join(", ", file.Uses.Select(use => use.Times == 1 ? use.Tool : string.Create(CultureInfo.InvariantCulture, $"{use.Tool} ×{use.Times}")));
                var state = file.State switch { FileState.Created => "; created", FileState.Edited => "; edited", _ => "" };
                if (!Add(SummaryFormat.Files, (i, -1), $"{OneLine.Of(CommonRoot.Shorten(file.Path, root))} ({uses}{state})", ref room))
                    continue;
                _selector.Cover(file.Path);
                shown[file.Path] = i;
            }
        }

        return shown;
    }

    private void AddCode(Dictionary<string, int> files, int room)
    {
        var lines = _notes.CodeLines.Where(line => line.File is { } file && files.ContainsKey(file)).ToList();
        _selector.Choose(
            lines, lines.Count == 0 ? 0 : lines[^1].Order,
            line => _draft.TryAdd(SummaryFormat.Files, (files[line.File!], line.Order), SummaryFormat.Line + SummaryFormat.Escape(line.Text), ref room),
            () => room < LeastRequestTokens);
    }

    private void AddCommands(int room)
    {
        var commands = _notes.Manifest.Commands;
        for (var i = commands.Count - 1; i >= 0 && room > LeastRequestTokens; i--)
        {
            var command = commands[i];
            var outcome = command switch
            {
                { ExitCode: > 0 and var code } => string.Create(CultureInfo.InvariantCulture, $" → exit {code}"),
                { Failed: true } => " → failed",
                _ => "",
            };
            Add(SummaryFormat.Commands, (i, 0), $"`{OneLine.Of(command.Command, CommandChars)}`{outcome}", ref room);
        }
    }

    private void AddSentences(string label, IReadOnlyList<Candidate> sentences, int room)
    {
        _selector.Choose(
            sentences.Where(sentence => !_used.Contains(sentence)), sentences.Count == 0 ? 0 : sentences[^1].Order,
            sentence =>
            {
                var handle = sentence.Text.Length > WorthAHandle ? sentence.Handle : null;
                return Add(label, (sentence.Order, 0), SummaryFormat.WithHandle(sentence.Text, handle), ref room) && _used.Add(sentence);
            },
            () => room < LeastRequestTokens);
    }

    // Ids and links that the user or the agent named and no entry holds yet, each with the words around it.
    private void AddNames(int room)
    {
        var identifiers = _notes.Identifiers;
        var names = Enumerable.Range(0, identifiers.Count)
            .Where(number => identifiers.KindOf(number) is IdentifierKind.Url or IdentifierKind.Id && identifiers.MentionOf(number) is not null && !_selector.IsCovered(number))
            .OrderByDescending(identifiers.ValueOf).ThenBy(number => number).Take(MostNames);
        foreach (var number in names)
        {
            if (!_selector.IsCovered(number))
                Add(SummaryFormat.Names, (number, 0), identifiers.MentionOf(number)!, ref room);
        }
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
