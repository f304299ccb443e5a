using System.Text;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Formats.Json;

/// <summary>Writes a document back: bytes that nobody changed are copied, everything else is set in among them.</summary>
internal sealed class BodySplicer
{
    private readonly BodyFormat _format;
    private readonly BodyDocument _document;
    private readonly JsonBody _body;
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private readonly string _indentation;
    private readonly byte[] _separator;
    private readonly JsonStyle _style;
    private int _last = -1;
    private int _passedOver;
    private int _inserted;
    private (int Start, int End) _copy;

    private BodySplicer(BodyFormat format, BodyDocument document)
    {
        (_format, _document, _body) = (format, document, document.Body);
        _separator = FindSeparator();
        var separator = Encoding.UTF8.GetString(_separator);
        _indentation = separator.LastIndexOf('\n') is var line and >= 0 ? separator[(line + 1)..] : "";
        _style = _body.Elements.Find(static element => element.IsObject) is { Exists: true } sample
            ? JsonStyle.Of(sample, _indentation)
            : JsonStyle.Compact;
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Splice(
        BodyFormat format, BodyDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        // A truncated document is closed only where something changes: unchanged it stays the file that it was.
        if (IsUnchanged(document, messages))
            return [document.Body.Original];
        var splicer = new BodySplicer(format, document);
        if (document.Body.List.IsString)
            splicer.WriteString(messages);
        else
            splicer.WriteList(format.Complete(document, ToolPairs.KeepTogether(messages)));
        return splicer._pieces;
    }

    private static bool IsUnchanged(BodyDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        if (messages.Count != document.Messages.Count)
            return false;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].SourceIndex != i || !IsSame(messages[i].Message, document.Messages[i]))
                return false;
        }

        return true;
    }

    private static bool IsSame(ChatMessage message, ChatMessage source) =>
        ReferenceEquals(message, source) || message.Contents.SequenceEqual(source.Contents, ReferenceEqualityComparer.Instance);

    private void WriteList(IReadOnlyList<OutgoingMessage> messages)
    {
        var list = _body.List;
        var root = _format.EditRoot(_document, messages);
        CopyRoot(0, list.Start + 1, root);
        if (!_format.KeepsAsides(_document, messages))
            _passedOver = _body.Elements.Count;
        var before = -1;
        for (var i = 0; i < messages.Count;)
        {
            var count = 1;
            var index = ElementOf(messages[i]);
            while (index >= 0 && i + count < messages.Count && ElementOf(messages[i + count]) == index)
                count++;
            if (index >= 0)
            {
                PassOver(before = index);
                _inserted = 0;
            }

            Write(index, new Insertion(_document, messages[i].Replaces, before, ElementAfter(messages, i), _inserted),
                [.. messages.Skip(i).Take(count)]);
            i += count;
        }

        PassOver(_body.Elements.Count);
        var elements = _body.Elements;
        if (_last != -1 || elements.Count == 0)
            Copy(elements.Count > 0 ? elements[^1].End : list.Start + 1, list.End - 1);
        CopyRoot(list.End - 1, _body.Bytes.Length, root);
        Flush();
    }

    private int ElementOf(OutgoingMessage message) => message.SourceIndex < 0 ? -1 : _document.ElementOf(message.SourceIndex);

    private int ElementAfter(IReadOnlyList<OutgoingMessage> messages, int index) =>
        messages.Skip(index + 1).Select(ElementOf).FirstOrDefault(static element => element >= 0, -1);

    // The messages of one element, or a new one.
    private void Write(int index, Insertion place, IReadOnlyList<OutgoingMessage> messages)
    {
        if (index >= 0)
        {
            var sources = _document.MessagesOf(index);
            var targets = sources.Select(source => messages.Where(message => message.SourceIndex == source)
                .Select(static message => message.Message).FirstOrDefault()).ToList();
            var element = _body.Elements[index];
            var further = _format.Relink(_document, index);
            if (further.Count == 0
                && targets.Zip(sources).All(pair => pair.First is { } target && IsSame(target, _document.Messages[pair.Second])))
            {
                Lead(index);
                Copy(element.Start, element.End);
                return;
            }

            List<ChatMessage> read = [.. sources.Select(source => _document.Messages[source])];
            if (ElementPatch.Apply(_format, element, read, targets, further) is { } patched)
            {
                Lead(index);
                Add(patched);
                return;
            }
        }

        var all = messages is [var only] ? only.Message
            : new ChatMessage(messages[0].Message.Role, [.. messages.SelectMany(static message => message.Message.Contents)]);
        foreach (var written in _format.WriteInserted(all, place))
            Insert(written);
    }

    // Elements that are no messages stay where they were: behind the last message that stood before them.
    private void PassOver(int index)
    {
        for (; _passedOver < index; _passedOver++)
        {
            if (_document.MessagesOf(_passedOver).Count > 0)
                continue;
            Lead(_passedOver);
            Copy(_body.Elements[_passedOver].Start, _body.Elements[_passedOver].End);
        }
    }

    private void Insert(byte[] element)
    {
        _inserted++;
        Lead(index: -2);
        Add(_style.Apply(element, _indentation));
    }

    // What stands before an element: its own bytes where it had a predecessor, the usual separator elsewhere.
    private void Lead(int index)
    {
        var elements = _body.Elements;
        if (_last == -1)
            Copy(_body.List.Start + 1, elements.Count > 0 ? elements[0].Start : _body.List.Start + 1);
        else if (index > 0)
            Copy(elements[index - 1].End, elements[index].Start);
        else
            Add(_separator);
        _last = index;
    }

    private byte[] FindSeparator()
    {
        var elements = _body.Elements;
        if (elements.Count > 1)
            return _body.Bytes.AsSpan(elements[0].End, elements[1].Start - elements[0].End).ToArray();
        return elements.Count == 1 && _body.List.IsArray
            ? [(byte)',', .. _body.Bytes.AsSpan(_body.List.Start + 1, elements[0].Start - _body.List.Start - 1)]
            : ","u8.ToArray();
    }

    private void WriteString(IReadOnlyList<OutgoingMessage> messages)
    {
        var list = _body.List;
        Copy(0, list.Start);
        if (messages is [{ SourceIndex: 0, Message.Contents: [TextContent { Text: var text }] }])
        {
            Add(JsonStrings.Encode(text));
        }
        else
        {
            Add("["u8.ToArray());
            foreach (var element in messages.SelectMany(message => _format.WriteElements(message.Message, ConversionContext.SameFormat)))
            {
                if (_last != -1)
                    Add(_separator);
                _last = -2;
                Add(element);
            }

            Add("]"u8.ToArray());
        }

        Copy(list.End, _body.Bytes.Length);
        Flush();
    }

    private void CopyRoot(int start, int end, RootEdit? edit)
    {
        if (edit is not null && edit.Value.Start >= start && edit.Value.End <= end)
        {
            Copy(start, edit.Value.Start);
            Add(edit.Bytes);
            start = edit.Value.End;
        }

        Copy(start, end);
    }

    // Stretches that follow each other in the document become one piece.
    private void Copy(int start, int end)
    {
        if (start != _copy.End)
        {
            Flush();
            _copy = (start, start);
        }

        _copy.End = end;
    }

    private void Add(byte[] bytes)
    {
        Flush();
        _pieces.Add(bytes);
    }

    private void Flush()
    {
        if (_copy.End > _copy.Start)
            _pieces.Add(_body.Bytes.AsMemory(_copy.Start, _copy.End - _copy.Start));
        _copy = (_copy.End, _copy.End);
    }
}
