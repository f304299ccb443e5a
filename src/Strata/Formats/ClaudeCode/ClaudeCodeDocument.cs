using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

internal sealed class ClaudeCodeDocument(JsonlFile file, IReadOnlyList<ClaudeCodeLine> lines) : SessionDocument
{
    private readonly List<ChatMessage> _messages = [];

    public override string Format => ClaudeCodeFormat.FormatName;

    public override IReadOnlyList<ChatMessage> Messages => _messages;

    public override string? Model { get; } = lines.LastOrDefault(static line => line is { Model: not (null or "<synthetic>") })?.Model;

    // An agent that another one started writes the session of that one, and its own name beside it.
    public override string? SessionId => File.FirstText(static line =>
        line.Text("sessionId"u8) is not { } session ? null : line.Text("agentId"u8) is { } agent ? $"{session}/{agent}" : session);

    public override ReasoningVendor? SignedBy => ReasoningVendor.Anthropic;

    // What a compaction of Claude Code's own kept from before it tells of the longer conversation.
    public override IReadOnlyList<RecordedInput> RecordedInputs =>
    [
        .. Tree.Live.Select((line, message) => (Line: line, Record: new RecordedInput(message, Lines[line].InputTokens)))
            .Where(live => live.Record.Tokens > 0 && live.Line >= Tree.Path[0]).Select(static live => live.Record),
    ];

    public override IReadOnlyList<FormatProblem> Problems => File.Problems;

    public JsonlFile File { get; } = file;

    public IReadOnlyList<ClaudeCodeLine> Lines { get; } = lines;

    public ClaudeCodeTree Tree { get; } = new(lines);

    public override string PlaceOf(int messageIndex) => $"line {File.Entries[Tree.Live[messageIndex]].Line}";

    public void Decode()
    {
        foreach (var (row, holder) in WaitingMessages.Find(File, Lines))
        {
            if (holder is null)
                Tree.Add(row);
            else if (Tree.Live.Contains(holder.Value))
                Tree.Repeated[row] = holder.Value;
        }

        _messages.Capacity = Tree.Live.Count;
        foreach (var index in Tree.Live)
        {
            using var line = File.Entries[index].Parse();
            _messages.Add(ClaudeCodeMessage.Read(line.RootElement));
        }

        var repeated = Snapshots.Find(_messages);
        foreach (var (index, later) in repeated.Reverse())
        {
            Tree.Repeat(index, later);
            _messages.RemoveAt(index);
        }
    }
}
