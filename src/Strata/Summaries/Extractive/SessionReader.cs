using Microsoft.Extensions.AI;
using Strata.Summaries.Ledgers;
using Strata.Summaries.Manifests;
using Strata.Transcripts;

namespace Strata.Summaries.Extractive;

/// <summary>Reads groups into <see cref="SessionNotes"/>, every message once.</summary>
internal sealed class SessionReader
{
    // A file read or a log says what it is about at its ends; the middle is recalled when it is needed.
    private const int ResultHead = 16_000;
    private const int ResultTail = 4_000;

    // Whoever pastes more than this has asked before the paste.
    private const int LongestMessage = 40_000;
    private const int LongestRequest = 4_000;

    private const int ShortestSentence = 25;
    private const int SaysSomething = 45;   // without a name in it
    private const int LongestSentence = 300;
    private const int ShortestCode = 12;
    private const int LongestCode = 140;

    private readonly IdentifierTable _identifiers = new();
    private readonly ManifestBuilder _manifest = new();
    private readonly LedgerBuilder _ledger = new();
    private readonly List<Quote> _requests = [];
    private readonly List<Candidate> _reports = [];
    private readonly List<Candidate> _earlier = [];
    private readonly List<Candidate> _codeLines = [];
    private readonly Dictionary<string, string> _fileOfCall = new(StringComparer.Ordinal);
    private readonly HashSet<(string File, string Line)> _superseded = [];
    private readonly HashSet<string> _seenLines = new(StringComparer.Ordinal);
    private Quote? _lastWords;
    private int _order;
    private int _messages;
    private readonly List<string> _earlierRanges = [];

    public static SessionNotes Read(Transcript transcript, IReadOnlyList<int> groups, CancellationToken cancellationToken)
    {
        var reader = new SessionReader();
        foreach (var index in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.Read(transcript.Groups[index]);
        }

        if (LaterGroups.Read(transcript, groups[^1] + 1, reader._manifest.Tasks))
            reader._lastWords = null;
        return new SessionNotes
        {
            HoldsFirstRequest = !transcript.Groups.Take(groups[0]).Any(group => group is { Kind: GroupKind.User, IsInjected: false }),
            Ledger = reader._ledger.Build(),
            Manifest = reader._manifest.Build(),
            Identifiers = reader._identifiers,
            Requests = reader._requests,
            LastWords = reader._lastWords,
            Reports = reader._reports,
            Earlier = reader._earlier,
            CodeLines = [.. reader._codeLines.Where(line => !reader._superseded.Contains((line.File!, line.Text)))],
            MessageCount = reader._messages,
            EarlierRanges = reader._earlierRanges,
        };
    }

    private void Read(MessageGroup group)
    {
        _messages += group.Messages.Count;
        switch (group.Kind)
        {
            case GroupKind.System:
                return;
            case GroupKind.Summary:
                ReadSummary(MessageText.Of(group.Messages[0]), group);
                return;
            case GroupKind.User:
                if (!group.IsInjected)
                    ReadUser(InjectedText.Strip(MessageText.Of(group.Messages[0])), group);
                return;
            default:
                foreach (var content in group.Messages.SelectMany(message => message.Contents))
                    ReadContent(content, group);
                return;
        }
    }

    private void ReadUser(string text, MessageGroup group)
    {
        Note(Head(text, LongestMessage), Speaker.User, group.Index);
        _ledger.Read(text, group.Index, group.Handle);
        if (group.Importance != Importance.Trivial && text.Length > 0)
            _requests.Add(new Quote(OneLine.Of(Head(text, LongestRequest)), group.Handle, text.Length > LongestRequest));
    }

    private void ReadContent(AIContent content, MessageGroup group)
    {
        switch (content)
        {
            case TextContent text:
                Sentences(text.Text, Speaker.Assistant, group, _reports);
                if (text.Text.Length >= ShortestSentence && !LineCues.IsPreamble(text.Text))
                    _lastWords = new Quote(OneLine.Of(Head(text.Text, LongestRequest)), group.Handle, text.Text.Length > LongestRequest);
                break;
            case FunctionCallContent call:
                ReadCall(call, group);
                break;
            case FunctionResultContent result:
                ReadResult(result, group);
                break;
            default:
                break;
        }
    }

    private void ReadCall(FunctionCallContent call, MessageGroup group)
    {
        var files = _manifest.Read(call, group.Index);
        if (call.Arguments is null)
            return;
        if (files.Count > 0)
            _fileOfCall[call.CallId] = files[0];
        var written = ToolArguments.NewText(call) ?? ToolArguments.Patch(call);
        foreach (var (_, value) in call.Arguments)
        {
            var text = ToolArguments.StringOf(value) ?? (value is null ? "" : JsonText.Of(value));
            if (!string.Equals(text, written, StringComparison.Ordinal))
                Note(Head(text, LongestMessage), Speaker.Call, group.Index);
        }

        if (written is null)
            return;
        if (files.Count > 0)
            Supersede(files[0], ToolArguments.OldText(call), written);
        CodeLines(Head(written, LongestMessage), Speaker.Written, group, files.Count > 0 ? files[0] : null);
    }

    private void ReadResult(FunctionResultContent result, MessageGroup group)
    {
        var text = MessageText.OfResult(result.Result);
        _manifest.Read(result, text, group.Index);
        _fileOfCall.Remove(result.CallId, out var file);
        if (text.Length <= ResultHead + ResultTail)
        {
            CodeLines(text, Speaker.Tool, group, file);
            return;
        }

        CodeLines(Head(text, ResultHead), Speaker.Tool, group, file);
        var tail = text.AsSpan(text.Length - ResultTail);
        CodeLines(tail[(tail.IndexOf('\n') + 1)..], Speaker.Tool, group, file);
    }

    private void Sentences(ReadOnlySpan<char> text, Speaker speaker, MessageGroup group, List<Candidate> into)
    {
        text = Head(text, LongestMessage);
        var start = 0;
        foreach (var range in SentenceSplitter.Split(text))
        {
            var (from, length) = range.GetOffsetAndLength(text.Length);
            // Fenced code between sentences holds names too.
            if (from > start)
                Note(text[start..from], speaker, group.Index);
            var sentence = text.Slice(from, length);
            var names = Note(sentence, speaker, group.Index);
            start = from + length;
            if (length < ShortestSentence)
                continue;
            var line = OneLine.Of(sentence, LongestSentence);
            if (LineCues.IsBareName(line) || (speaker == Speaker.EarlierSummary && LineCues.IsAroundASummary(line)))
                continue;
            var bonus = LineCues.SentenceBonus(line, speaker);
            if ((names.Length > 0 || (bonus > 0 && length > SaysSomething)) && _seenLines.Add(line))
                into.Add(new Candidate(line, names, bonus, LineCues.WeightOf(bonus), _order++, group.Handle, null));
        }

        if (start < text.Length)
            Note(text[start..], speaker, group.Index);
    }

    private void CodeLines(ReadOnlySpan<char> text, Speaker speaker, MessageGroup group, string? file)
    {
        foreach (var range in text.Split('\n'))
        {
            var line = LineCues.WithoutNumber(text[range]);
            var names = Note(line, speaker, group.Index);
            line = line.Trim();
            if (file is null || names.Length == 0 || line.Length is < ShortestCode or > LongestCode || LineCues.IsImport(line))
                continue;
            var code = OneLine.Of(line);
            if (speaker == Speaker.Written)
                _superseded.Remove((file, code));
            if (_seenLines.Add(code))
                _codeLines.Add(CodeLine(code, names, file, speaker == Speaker.Written ? LineCues.WrittenBonus : 0));
        }
    }

    // A line that an edit took out of its file is no longer true of it.
    private void Supersede(string file, string? old, string written)
    {
        if (old is null)
            return;
        var now = written.Split('\n').Select(line => OneLine.Of(line)).ToHashSet(StringComparer.Ordinal);
        foreach (var line in old.Split('\n').Select(line => OneLine.Of(line)))
        {
            if (!now.Contains(line))
                _superseded.Add((file, line));
        }
    }

    private int[] Note(ReadOnlySpan<char> text, Speaker speaker, int group)
    {
        var found = _identifiers.Read(text, speaker, group);
        _identifiers.Position += text.Length;
        return found;
    }

    private void ReadSummary(string text, MessageGroup group)
    {
        if (PreviousSummary.Parse(text) is not { } previous)
        {
            Sentences(text, Speaker.EarlierSummary, group, _earlier);
            return;
        }

        _messages += previous.MessageCount - 1;
        _earlierRanges.InsertRange(0, SummaryHeader.RangesOf(text));

        foreach (var entry in previous[SummaryFormat.FirstRequest].Concat(previous[SummaryFormat.Requests]))
        {
            Note(entry.Text, Speaker.User, group.Index);
            _requests.Add(new Quote(entry.Text, entry.Handle, WasCut: entry.Handle is not null));
        }

        foreach (var entry in previous[SummaryFormat.Rules])
            _ledger.Carry(entry.Text, entry.Handle);
        foreach (var task in previous[SummaryFormat.OpenTasks].Concat(previous[SummaryFormat.DoneTasks]).Select(PreviousSummary.Task).OfType<TaskEntry>())
            _manifest.Tasks.Carry(task);
        foreach (var entry in previous[SummaryFormat.Files])
            Carry(entry, previous.Root, group);
        foreach (var entry in previous[SummaryFormat.Commands])
        {
            Note(entry.Text, Speaker.Call, group.Index);
            if (PreviousSummary.Command(entry) is { } command)
                _manifest.Carry(command);
        }

        foreach (var entry in previous[SummaryFormat.Errors])
            _manifest.Carry(PreviousSummary.Error(entry));
        foreach (var commit in previous[SummaryFormat.Commits].Select(PreviousSummary.Commit).OfType<CommitEntry>())
            _manifest.Carry(commit);
        var wordsBefore = previous[SummaryFormat.LastWords].Select(entry => entry with { Text = OneLine.Cut(entry.Text, LongestSentence) });
        Carry([.. wordsBefore], Speaker.Assistant, group, _reports);
        Carry(previous[SummaryFormat.Reported], Speaker.Assistant, group, _reports);
        Carry(previous[SummaryFormat.Earlier], Speaker.EarlierSummary, group, _earlier);
        foreach (var entry in previous[SummaryFormat.Names])
            Note(entry.Text, Speaker.EarlierSummary, group.Index);
    }

    private void Carry(SummaryEntry entry, string root, MessageGroup group)
    {
        if (PreviousSummary.File(entry, root) is not { } file)
            return;
        _manifest.Carry(file);
        Note(file.Path, Speaker.Call, group.Index);
        foreach (var line in entry.Lines)
        {
            var names = Note(line, Speaker.Call, group.Index);
            if (_seenLines.Add(line))
                _codeLines.Add(CodeLine(line, names, file.Path, LineCues.WrittenBonus));
        }
    }

    private void Carry(IReadOnlyList<SummaryEntry> entries, Speaker speaker, MessageGroup group, List<Candidate> into)
    {
        foreach (var entry in entries)
        {
            var names = Note(entry.Text, speaker, group.Index);
            if (_seenLines.Add(entry.Text))
                into.Add(new Candidate(entry.Text, names, LineCues.SentenceBonus(entry.Text, speaker), 1, _order++, entry.Handle, null));
        }
    }

    private Candidate CodeLine(string code, int[] names, string file, double bonus) => LineCues.IsDefinition(code)
        ? new Candidate(code, names, bonus + LineCues.DefinitionBonus, LineCues.DefinitionWeight, _order++, null, file)
        : new Candidate(code, names, bonus, 1, _order++, null, file);

    // Whole lines: half a line would be told as a fact.
    private static ReadOnlySpan<char> Head(ReadOnlySpan<char> text, int length)
    {
        if (text.Length <= length)
            return text;
        var line = text[..length].LastIndexOf('\n');
        return text[..(line > 0 ? line : length)];
    }
}
