using System.Buffers;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>Changes single values in an element and leaves every other byte as it is.</summary>
internal sealed class ElementPatch
{
    private readonly BodyFormat _format;
    private readonly JsonValue _element;
    private readonly List<(int Start, int End, byte[] Bytes)> _edits = [];
    private readonly Dictionary<int, (Block Any, HashSet<int> Items)> _removed = [];

    private ChatRole _role;

    private ElementPatch(BodyFormat format, JsonValue element) => (_format, _element) = (format, element);

    /// <summary>
    /// The element with the contents of <paramref name="targets"/>, which stand for the messages that were read from it and are null
    /// where one is gone;
    /// null when a target has more contents than its source has blocks. <paramref name="further"/> are changes of other bytes of the
    /// element.
    /// </summary>
    public static byte[]? Apply(
        BodyFormat format, JsonValue element, IReadOnlyList<ChatMessage> sources, IReadOnlyList<ChatMessage?> targets,
        IReadOnlyList<(int Start, int End, byte[] Bytes)> further)
    {
        var messages = format.ReadMessages(element, new ReadingContext());
        var patch = new ElementPatch(format, element);
        for (var i = 0; i < targets.Count; i++)
        {
            IList<AIContent> contents = targets[i]?.Contents ?? [];
            if (contents.Count > messages[i].Blocks.Count || sources[i].Contents.Count != messages[i].Blocks.Count)
                return null;
            patch._role = messages[i].Role;
            patch.Change(messages[i].Blocks, sources[i].Contents, contents);
        }

        patch._edits.AddRange(further);
        return patch.Render();
    }

    private void Change(IReadOnlyList<Block> blocks, IList<AIContent> source, IList<AIContent> contents)
    {
        var replacements = ContentAlignment.Align(source, contents);
        for (var i = 0; i < blocks.Count; i++)
        {
            if (replacements[i] is not { } replacement)
                Remove(blocks[i]);
            else if (!ReferenceEquals(replacement, source[i]))
                Replace(blocks[i], replacement);
        }
    }

    private void Replace(Block block, AIContent content)
    {
        switch (block.Edit)
        {
            case BlockEdit.Text when ContentText.Of(content) is { } text:
                ReplaceText(block, text);
                break;
            case BlockEdit.Arguments when content is FunctionCallContent call:
                Set(block.Value, CallArguments.ToObject(call.Arguments));
                break;
            case BlockEdit.ArgumentsText when content is FunctionCallContent call:
                Set(block.Value, JsonStrings.Encode(CallArguments.ToText(call.Arguments)));
                break;
            case BlockEdit.Result:
                ReplaceResult(block, content);
                break;
            case BlockEdit.Signed:
                Remove(block);
                break;
            case BlockEdit.Whole or BlockEdit.Text when block.Item.Exists:
                if (_format.WritePart(content, _role, ConversionContext.SameFormat) is { } part)
                    Set(block.Item, part);
                else
                    Remove(block);
                break;
        }
    }

    private void ReplaceText(Block block, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            Remove(block);
        else if (block.Parts.Count > 0)
            Spread(block.Parts, text);
        else
            Set(block.Value, JsonStrings.Encode(text));
    }

    private void ReplaceResult(Block block, AIContent content)
    {
        if (block.Mirror.Exists)
            Set(block.Mirror, "{}"u8.ToArray());
        if (content is FunctionResultContent { Result: IEnumerable<AIContent> given }
            && block.Content is FunctionResultContent { Result: IEnumerable<AIContent> before })
        {
            var (contents, source) = (given.ToList(), before.ToList());
            if (contents.Count <= source.Count && source.Count == block.Parts.Count)
            {
                Change(block.Parts, source, contents);
                return;
            }
        }

        var text = ContentText.Of(content) ?? MediaContents.Describe(content);
        if (block.Parts.Any(static part => part.Edit == BlockEdit.Text))
            Spread(block.Parts, text);
        else if (block.Value.Exists)
            Set(block.Value, JsonStrings.Encode(text));
        else if (block.Item.Exists)
            AddContent(block.Item, text);
    }

    // The first text takes all, the others go: what stands for one text stays one text.
    private void Spread(IReadOnlyList<Block> parts, string text)
    {
        var first = true;
        foreach (var part in parts)
        {
            if (first && part.Edit == BlockEdit.Text)
            {
                Set(part.Value, JsonStrings.Encode(text));
                first = false;
            }
            else
            {
                Remove(part);
            }
        }
    }

    private void AddContent(JsonValue block, string text)
    {
        var at = block.Fields.Members[^1].Value.End;
        _edits.Add((at, at, [.. ",\"content\":"u8, .. JsonStrings.Encode(text)]));
    }

    private void Remove(Block block)
    {
        if (block.Item.Exists)
        {
            if (!_removed.TryGetValue(block.List.Start, out var removed))
                _removed.Add(block.List.Start, removed = (block, []));
            removed.Items.Add(block.Item.Start);
        }
        else if (block.Edit is BlockEdit.Text or BlockEdit.Result)
        {
            foreach (var part in block.Parts)
                Remove(part);
            if (block.Parts.Count == 0 && block.Value.Exists)
                Set(block.Value, JsonStrings.Encode(_format.EmptyText));
        }
    }

    private void Set(JsonValue value, byte[] bytes) => _edits.Add((value.Start, value.End, bytes));

    private void RemoveItems(Block any, HashSet<int> removed)
    {
        var items = any.List.Items;
        var kept = items.FindIndex(item => !removed.Contains(item.Start));
        if (kept < 0)
        {
            RemoveAll(any, items);
            return;
        }

        if (kept > 0)
            _edits.Add((items[0].Start, items[kept].Start, []));
        for (var i = kept + 1; i < items.Count; i++)
        {
            if (removed.Contains(items[i].Start))
                _edits.Add((items[i - 1].End, items[i].End, []));
        }
    }

    private void RemoveAll(Block any, List<JsonValue> items)
    {
        switch (any.ListKind)
        {
            case BlockList.Content:
                Set(any.List, JsonStrings.Encode(_format.EmptyText));
                break;
            case BlockList.Calls:
                RemoveMember(any.List);
                break;
            default:
                _edits.Add((items[0].Start, items[^1].End, []));
                break;
        }
    }

    private void RemoveMember(JsonValue value)
    {
        var members = _element.Fields.Members;
        var index = members.FindIndex(member => member.Value.Start == value.Start);
        if (index > 0)
            _edits.Add((members[index - 1].Value.End, value.End, []));
        else if (members.Count > 1)
            _edits.Add((members[0].Name.Start, members[1].Name.Start, []));
    }

    private byte[] Render()
    {
        foreach (var (any, items) in _removed.Values)
            RemoveItems(any, items);
        _edits.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var output = new ArrayBufferWriter<byte>(_element.Bytes.Length);
        var position = _element.Start;
        foreach (var (start, end, bytes) in _edits)
        {
            // Inside something that an earlier edit took out.
            if (start < position)
                continue;
            output.Write(_element.Bytes[(position - _element.Start)..(start - _element.Start)]);
            output.Write(bytes);
            position = end;
        }

        output.Write(_element.Bytes[(position - _element.Start)..]);
        return output.WrittenSpan.ToArray();
    }
}
