using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Facts;
using Strata.Facts.Ledgers;
using Strata.Facts.Manifests;
using Strata.Facts.Replies;
using Strata.Summaries;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.LevelZero.Reading;

internal sealed partial class SessionReader
{
    private void ReadContent(AIContent content, MessageGroup group, ChatRole role)
    {
        switch (content)
        {
            // Typed while the agent worked: it stands behind the results that it came with.
            case TextContent { Text: var typed } when role == ChatRole.User:
                if (InjectedText.Strip(typed) is { Length: > 0 } own)
                    ReadUser(own, group, isAsked: true);
                break;
            case TextContent { Text: var text }:
                if (InjectedText.IsAcknowledgement(text))
                    break;
                _answer = _reports.Count;
                _prose.Read(text, Speaker.Assistant, group, _reports);
                _saidBefore = text;
                _manifest.ReadText(text, group.Index);
                if (text.Length >= ShortestWords && !LineCues.IsPreamble(text))
                    (_lastWords, _lastWordsGroup) = (QuoteOf(text, group), group.Index);
                break;
            case FunctionCallContent call:
                ReadCall(call, group);
                break;
            case FunctionResultContent result:
                ReadResult(result, MessageText.OfResult(result.Result), group);
                break;
            default:
                break;
        }
    }

    private void ReadResult(FunctionResultContent result, string output, MessageGroup group)
    {
        _fileOfCall.Remove(result.CallId, out var file);
        _calls.Remove(result.CallId, out var call);
        var reply = UserReplyReader.Read(call, result, output);
        _manifest.Read(result, output, group.Index, reply);
        foreach (var (about, words) in reply?.Said ?? [])
            ReadReply(about, words, reply!.Kind, group);
        if (reply is not null)
            return;
        if (call is not null && UserReplyReader.Delegates(call))
            _prose.ReadReport(output, group, _reports);
        _files.ReadResult(output, group, file, _readAgain.Contains((group.Index, result.CallId)));
    }

    // A plan is in the agent's words: what the user agreed to stands among the requests, but makes no rule.
    private void ReadReply(string? about, string words, UserReplyKind kind, MessageGroup group)
    {
        if (kind == UserReplyKind.Approved)
            _notebook.NoteAll(TextPart.HeadOf(words, TextPart.LongestMessage), Speaker.Assistant, group);
        else
            NoteUser(words, group);
        _requests.Add(QuoteOf(about is null ? words : $"{about} → {words}", group));
    }

    private void ReadCall(FunctionCallContent call, MessageGroup group)
    {
        _calls[call.CallId] = call;
        var files = _manifest.Read(call, group.Index);
        var file = files.Count > 0 ? files[0] : null;
        if (file is not null)
            _fileOfCall[call.CallId] = file;
        ReadArguments(call, group, file);
    }

    private void ReadArguments(FunctionCallContent call, MessageGroup group, string? file)
    {
        if (call.Arguments is null)
            return;
        var old = CallText.OldText(call);
        var written = CallText.NewText(call) ?? CallText.Patch(call);
        // One text: a command is told by its description, a path by the tool, and both by what the assistant said it would do.
        var words = new StringBuilder().Append(_saidBefore.AsSpan(Math.Max(0, _saidBefore.Length - Announcement))).Append('\n');
        words.Append(call.Name);
        var start = words.Length;
        _notebook.Identifiers.AddOfTools(call.Name);
        foreach (var (key, value) in call.Arguments)
        {
            _notebook.Identifiers.AddOfTools(key);
            var text = CallText.StringOf(value) ?? (value is null ? "" : JsonText.Of(value));
            // A number means nothing without what it is of.
            if (value is not string and not JsonElement { ValueKind: JsonValueKind.String })
                words.Append('\n').Append(key).Append(' ').Append(text.AsSpan(0, TextPart.Head(text, TextPart.LongestMessage)));
            else if (!string.Equals(text, written, StringComparison.Ordinal) && !string.Equals(text, old, StringComparison.Ordinal))
                words.Append('\n').Append(text.AsSpan(0, TextPart.Head(text, TextPart.LongestMessage)));
        }

        _notebook.Note(_notebook.Open(words.ToString(), Speaker.Call, group, file), start, words.Length - start);
        _saidBefore = "";
        if (old is not null)
            _notebook.NoteAll(TextPart.HeadOf(old, TextPart.LongestMessage), Speaker.Tool, group, file);
        if (written is not null)
            _files.ReadWritten(written, old, group, file);
    }

    // A file that the client put into the user's message was read like any other.
    private void ReadAttached(MessageGroup group)
    {
        foreach (var (call, output) in AttachedRead.Find(group.Messages[0]))
        {
            var files = _manifest.Read(call, group.Index);
            if (output.Length > 0)
                _files.ReadResult(output, group, files.Count > 0 ? files[0] : null, isReadAgain: false);
        }
    }

    private void ReadSummary(string text, MessageGroup group)
    {
        if (PreviousSummary.Parse(SummaryHistory.Without(text)) is not { } previous)
        {
            if (!_toldInParts.Contains(text))
                _prose.Read(text, Speaker.EarlierSummary, group, _earlier);
            return;
        }

        foreach (var part in SummaryHistory.Read(text).Where(part => !_toldInParts.Contains(part.Text)))
            _prose.Read(part.Text, Speaker.EarlierSummary, group, _earlier);

        _messages += previous.MessageCount - 1;
        _carriesFirstRequest |= previous[SummaryFormat.FirstRequest].Count > 0;
        _earlierRanges.InsertRange(0, SummaryHeader.RangesOf(text));
        foreach (var entry in previous[SummaryFormat.FirstRequest].Concat(previous[SummaryFormat.Requests]))
        {
            _notebook.NoteAll(entry.Text, Speaker.User, group);
            _requests.Add(new Quote(entry.Text, entry.Handle, WasCut: entry.Handle is not null));
        }

        foreach (var entry in previous[SummaryFormat.Rules])
            _ledger.Carry(entry.Text, entry.Handle, StatementKind.Rule);
        foreach (var entry in previous[SummaryFormat.Facts])
            _ledger.Carry(entry.Text, entry.Handle, StatementKind.Fact);
        new ManifestCarrier(_notebook, _manifest, _files).Carry(previous, group);
        _prose.Carry(previous[SummaryFormat.LastWords], Speaker.Assistant, group, _reports);
        _prose.Carry(previous[SummaryFormat.Reported], Speaker.Assistant, group, _reports);
        _prose.Carry(previous[SummaryFormat.Earlier], Speaker.EarlierSummary, group, _earlier);
        foreach (var entry in previous[SummaryFormat.OtherNames])
            _notebook.NoteAll(entry.Text, Speaker.Assistant, group);
    }
}
