using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.Gemini;

/// <summary>
/// Writes a log back: every version of a cut message goes, changed ones have those values replaced in them, new messages stand before
/// the next one that
/// is kept. What the log had replaced or taken back before stays where it is.
/// </summary>
internal sealed class GeminiWriter
{
    private readonly GeminiDocument _document;
    private readonly IReadOnlyList<OutgoingMessage> _messages;
    private readonly Dictionary<GeminiPlace, int> _elements = [];
    private readonly Dictionary<GeminiPlace, List<int>> _inserted = [];
    private readonly List<int> _appended = [];
    private readonly HashSet<int> _kept = [];
    private readonly HashSet<int> _touchedLines = [];
    private readonly Dictionary<int, List<(int Source, ChatMessage Target)>> _changed = [];   // by element
    private readonly Dictionary<string, FunctionResultContent> _results = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names;

    public GeminiWriter(GeminiDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        (_document, _messages) = (document, messages);
        _names = GeminiNewLine.ToolNames(document.Messages.Concat(messages.Select(static message => message.Message)));
        for (var i = 0; i < document.Live.Count; i++)
        {
            foreach (var version in document.Live[i].Versions)
                _elements[version] = i;
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].SourceIndex >= 0)
                Keep(messages[i]);
            else
                Place(i);
        }

        foreach (var (version, element) in _elements)
        {
            if (!_kept.Contains(element) || _inserted.ContainsKey(version) || _changed.ContainsKey(element))
                _touchedLines.Add(version.Line);
        }
    }

    public async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var file = _document.File;
        await output.WriteAsync(file.Preamble, cancellationToken).ConfigureAwait(false);
        var writer = new LineWriter(output, file.NewLine);
        for (var i = 0; i < file.Entries.Count; i++)
        {
            var line = new GeminiPlace(i, -1);
            foreach (var message in _inserted.GetValueOrDefault(line) ?? [])
                await writer.WriteNewAsync(NewMessage(message), cancellationToken).ConfigureAwait(false);
            if (_elements.TryGetValue(line, out var element) && !_kept.Contains(element))
                continue;
            await writer.WriteAsync(Line(i), file.Entries[i].Line, cancellationToken).ConfigureAwait(false);
        }

        foreach (var message in _appended)
            await writer.WriteNewAsync(NewMessage(message), cancellationToken).ConfigureAwait(false);
    }

    private void Keep(OutgoingMessage outgoing)
    {
        var element = _document.ElementOf(outgoing.SourceIndex);
        _kept.Add(element);
        var source = _document.Messages[outgoing.SourceIndex];
        if (!MessageChange.IsChanged(source, outgoing.Message))
            return;
        (_changed.TryGetValue(element, out var changes) ? changes : _changed[element] = []).Add((outgoing.SourceIndex, outgoing.Message));
        foreach (var result in outgoing.Message.Contents.OfType<FunctionResultContent>().Where(result => !source.Contents.Contains(result)))
            _results[result.CallId] = result;
    }

    private void Place(int message)
    {
        for (var i = message + 1; i < _messages.Count; i++)
        {
            if (_messages[i].SourceIndex < 0)
                continue;
            var next = _document.Live[_document.ElementOf(_messages[i].SourceIndex)].First;
            (_inserted.TryGetValue(next, out var before) ? before : _inserted[next] = []).Add(message);
            return;
        }

        _appended.Add(message);
    }

    private ReadOnlyMemory<byte> Line(int index)
    {
        var entry = _document.File.Entries[index];
        if (!entry.IsObject || (_results.Count == 0 && !_touchedLines.Contains(index)))
            return entry.Raw;
        byte[] json;
        if (_document.Lines[index].ReplacesAll)
        {
            var edits = new JsonEdits(entry.Json);
            if (GeminiLine.List(edits) is { } list && Items(edits, list, index) is { } items)
                edits.Replace(list, items);
            if (edits.IsEmpty)
                return entry.Raw;
            json = edits.Apply();
        }
        else if (Message(entry.Json, new GeminiPlace(index, -1)) is { } changed)
        {
            json = changed;
        }
        else
        {
            return entry.Raw;
        }

        return (byte[])[.. entry.Raw.Span[..entry.JsonStart], .. json, .. entry.Raw.Span[(entry.JsonStart + entry.JsonLength)..]];
    }

    /// <summary>The list that a line sets; null where nothing of it changes.</summary>
    private byte[]? Items(JsonEdits edits, JsonSpan list, int line)
    {
        var isChanged = false;
        var written = new List<byte[]>();
        var items = edits.Items(list);
        for (var i = 0; i < items.Count; i++)
        {
            var place = new GeminiPlace(line, i);
            var before = _inserted.GetValueOrDefault(place) ?? [];
            written.AddRange(before.Select(NewMessage));
            isChanged |= before.Count > 0;
            if (_elements.TryGetValue(place, out var element) && !_kept.Contains(element))
            {
                isChanged = true;
                continue;
            }

            var bytes = items[i].In(edits.Json).ToArray();
            var changed = Message(bytes, place);
            isChanged |= changed is not null;
            written.Add(changed ?? bytes);
        }

        return isChanged ? [(byte)'[', .. written.SelectMany(static (item, i) => i == 0 ? item : [(byte)',', .. item]), (byte)']'] : null;
    }

    /// <summary>One version of a message with what changes in it; null where nothing does.</summary>
    private byte[]? Message(ReadOnlyMemory<byte> json, GeminiPlace place)
    {
        if (!_elements.TryGetValue(place, out var element))
            return null;
        var edits = new JsonEdits(json);
        GeminiEdits.Results(edits, _results, _names);
        if (place == _document.Live[element].Last)
        {
            foreach (var (source, target) in _changed.GetValueOrDefault(element) ?? [])
                GeminiEdits.Contents(edits, _document.Messages[source], target, _names);
        }

        return edits.IsEmpty ? null : edits.Apply();
    }

    private byte[] NewMessage(int index)
    {
        var message = _messages[index].Message;
        var like = _messages[index].Replaces is [.., var last] ? last
            : _messages.Take(index).LastOrDefault(static other => other.SourceIndex >= 0, new(message, -1)).SourceIndex;
        var time = message.CreatedAt ?? (like < 0 ? null : _document.Messages[like].CreatedAt) ?? DateTimeOffset.UnixEpoch;
        var id = StableId.Uuid(index.ToString(CultureInfo.InvariantCulture), message.Role.Value, message.Text, _document.SessionId ?? "");
        return GeminiNewLine.Message(message, id, time, _document.Model, _names);
    }
}
