using Microsoft.Extensions.AI;
using Strata.Facts;
using Strata.Facts.Dialogues;
using Strata.Facts.Ledgers;
using Strata.Facts.Manifests;
using Strata.Planning;
using Strata.Planning.Hierarchy;
using Strata.Summaries;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.LevelZero.Reading;

/// <summary>Reads groups into <see cref="SessionNotes"/>, every message once.</summary>
internal sealed partial class SessionReader
{
    private const int LongestRequest = 4_000;
    private const int Announcement = 120;
    private const int ShortestWords = 25;

    private readonly Notebook _notebook = new();
    private readonly ManifestBuilder _manifest = new();
    private readonly LedgerBuilder _ledger = new();
    private readonly ProseReader _prose;
    private readonly FileReader _files;
    private readonly List<Quote> _requests = [];
    private readonly List<Candidate> _reports = [];
    private readonly List<Candidate> _earlier = [];
    private readonly Dictionary<string, string> _fileOfCall = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionCallContent> _calls = new(StringComparer.Ordinal);
    private readonly HashSet<(int Group, string Call)> _readAgain;
    private readonly HashSet<string> _toldInParts;
    private readonly int _firstOfUser;
    private readonly int _lastOfUser;
    private string _saidBefore = "";
    private int _answer;
    private bool _carriesFirstRequest;
    private Quote? _lastWords;
    private int _lastWordsGroup;
    private int _messages;
    private readonly List<string> _earlierRanges = [];

    private SessionReader(Transcript transcript, IReadOnlyList<PlannedPart> parts)
    {
        _toldInParts = [.. parts.SelectMany(part => part.AllCarried).Select(part => part.Text)];
        _readAgain = [.. SupersededReads.Find(transcript)
            .SelectMany(reads => reads.Value.Where(read => !read.WasChanged).Select(read => (reads.Key, read.CallId)))];
        _firstOfUser = FirstRequest.In(transcript)?.Index ?? -1;
        _lastOfUser = transcript.Groups.LastOrDefault(IsOfTheUser)?.Index ?? -1;
        _prose = new ProseReader(_notebook);
        _files = new FileReader(_notebook);
    }

    public static SessionNotes Read(SummaryRequest request, CancellationToken cancellationToken)
    {
        var (transcript, groups) = (request.Transcript, request.Groups);
        var covered = groups.ToHashSet();
        var reader = new SessionReader(transcript, request.Parts);
        foreach (var index in groups.Concat(request.Shortened).Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (covered.Contains(index))
                reader.Read(transcript.Groups[index]);
            else
                reader.ReadWhatIsCut(transcript.Groups[index]);
        }

        reader.EndTurn();
        // What was said before an open request would look like its answer.
        if (reader._lastWordsGroup < reader._lastOfUser && covered.Contains(reader._lastOfUser))
            reader._lastWords = null;
        if (LaterGroups.Read(transcript, groups[^1] + 1, reader._manifest.Tasks))
            reader._lastWords = null;
        var manifest = reader._manifest.Build();
        return new SessionNotes
        {
            Language = ConversationLanguage.Of(transcript),
            HoldsFirstRequest = reader._carriesFirstRequest || reader._firstOfUser < 0 || covered.Contains(reader._firstOfUser),
            LazyLedger = new Lazy<Ledger>(reader._ledger.Build),
            Manifest = SessionFolder.Leave(
                manifest, CommonRoot.Of([.. manifest.Files.Select(file => file.Path)], reader._notebook.Identifiers.RelativePaths)),
            Identifiers = reader._notebook.Identifiers,
            Requests = reader._requests,
            Answered = reader.Answered(transcript, covered),
            LastWords = reader._lastWords,
            Dialogue = Dialogue.Read(transcript, groups, PreviousSummary.TalkIn(transcript, groups), cancellationToken),
            Reports = reader._reports,
            Earlier = reader._earlier,
            FileLines = reader._files.Lines,
            Beside = [.. request.Beside.SelectMany(message => message.Contents).Select(MessageText.Of).OfType<string>()],
            MessageCount = reader._messages,
            EarlierRanges = reader._earlierRanges,
        };
    }

    private (Quote Request, Quote Answer)? Answered(Transcript transcript, HashSet<int> covered)
    {
        if (LatestRequest.In(transcript) is not { } newest || LatestRequest.AnswerIn(transcript) is not { } answer
            || !covered.Contains(newest.Index) || !covered.Contains(answer.Index))
            return null;
        var asked = QuoteOf(InjectedText.Strip(newest.Messages[0]), newest).Text;
        return _requests.FindLast(request => request.Text == asked) is { } request
            ? (request, QuoteOf(string.Join('\n', answer.Messages[^1].Contents.OfType<TextContent>().Select(text => text.Text)), answer))
            : null;
    }

    private void Read(MessageGroup group)
    {
        _saidBefore = "";
        _messages += group.Messages.Count;
        switch (group.Kind)
        {
            case GroupKind.System:
                return;
            case GroupKind.Summary:
                ReadSummary(MessageText.Of(group.Messages[0]), group);
                return;
            case GroupKind.User:
                ReadAttached(group);
                if (IsOfTheUser(group))
                    ReadUser(InjectedText.Strip(group.Messages[0]), group, IsAsked(group));
                return;
            default:
                foreach (var message in group.Messages)
                {
                    foreach (var content in message.Contents)
                        ReadContent(content, group, message.Role);
                }

                return;
        }
    }

    // The group stays and speaks for itself; only the names in what is cut from it would be out of sight.
    private void ReadWhatIsCut(MessageGroup group)
    {
        if (group.Kind is GroupKind.System or GroupKind.Summary || group.IsInjected)
            return;
        foreach (var content in group.Messages.SelectMany(message => message.Contents))
        {
            if (content is FunctionCallContent call)
            {
                if (CallText.Path(call) is { } path)
                    _fileOfCall[call.CallId] = path;
                ReadArguments(call, group, CallText.Path(call));
            }
            else if (content is FunctionResultContent result)
            {
                _fileOfCall.Remove(result.CallId, out var file);
                _files.ReadResult(MessageText.OfResult(result.Result), group, file, _readAgain.Contains((group.Index, result.CallId)));
            }
            else if (content is TextContent { Text: var text })
                _notebook.NoteAll(
                    TextPart.HeadOf(text, TextPart.LongestMessage), group.Kind == GroupKind.User ? Speaker.User : Speaker.Assistant, group);
        }
    }

    private void ReadUser(string text, MessageGroup group, bool isAsked)
    {
        // Whoever writes our header by hand states no rules with it, and names no originals.
        var isForged = SummaryHeader.StartsOurs(text);
        text = isForged ? SummaryHeader.BodyOf(text) : text;

        // A slash command stands twice: as it was typed, and behind the text that it was expanded to.
        var quote = QuoteOf(text, group);
        if (text.Length == 0 || (_requests is [.., var last] && last.Text == quote.Text))
            return;
        NoteUser(text, group, makesRules: !isForged);
        if (isAsked)
            _requests.Add(quote);
    }

    private void NoteUser(string text, MessageGroup group, bool makesRules = true)
    {
        EndTurn();
        _notebook.Note(_notebook.Open(text, Speaker.User, group), 0, TextPart.Head(text, TextPart.LongestMessage));
        if (makesRules)
            _ledger.Read(text, group.Index, group.Handle);
    }

    // "Continue" asks for nothing, except as the word that the answer is to follow.
    private bool IsAsked(MessageGroup group) =>
        group.Importance != Importance.Trivial || group.Index == _firstOfUser || group.Index == _lastOfUser;

    // What the assistant said last before the user spoke again is its answer; the rest was thinking aloud.
    private void EndTurn()
    {
        for (var i = _answer; i < _reports.Count; i++)
            _reports[i] = _reports[i] with { Bonus = _reports[i].Bonus > 0 ? _reports[i].Bonus + LineCues.AnswerBonus : 0 };
        _answer = _reports.Count;
    }

    private static bool IsOfTheUser(MessageGroup group) => group is { Kind: GroupKind.User, IsInjected: false };

    private static Quote QuoteOf(string text, MessageGroup group) =>
        new(OneLine.Of(TextPart.HeadOf(text, LongestRequest)), group.Handle, text.Length > LongestRequest);
}
