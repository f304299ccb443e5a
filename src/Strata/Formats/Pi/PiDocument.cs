using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Pi;

internal sealed class PiDocument : SessionDocument
{
    private readonly List<ChatMessage> _messages = [];

    public PiDocument(JsonlFile file, IReadOnlyList<PiLine> lines)
    {
        (File, Lines, Tree) = (file, lines, new PiTree(lines));
        Entries = Tree.Compaction >= 0 && lines[Tree.Compaction].IsSent ? [Tree.Compaction, .. Tree.Live] : Tree.Live;
        Model = (Tree.Path.FindLastIndex(i => lines[i].Model is not null) is >= 0 and var rank ? lines[Tree.Path[rank]].Model : null)
            ?? lines.FirstOrDefault(static line => line.IsHeader)?.Model;
    }

    public override string Format => PiFormat.FormatName;

    public override IReadOnlyList<ChatMessage> Messages => _messages;

    public override string? Model { get; }

    public override string? SessionId => File.FirstText(static line => line.Is("type"u8, "session"u8) ? line.Text("id"u8) : null);

    // What pi's compaction kept tells of the longer conversation.
    public override IReadOnlyList<RecordedInput> RecordedInputs =>
    [
        .. Entries.Select((line, message) => (Line: line, Record: new RecordedInput(message, Lines[line].InputTokens)))
            .Where(entry => entry.Record.Tokens > 0 && entry.Line > Tree.Compaction).Select(static entry => entry.Record),
    ];

    public override IReadOnlyList<FormatProblem> Problems => File.Problems;

    public JsonlFile File { get; }

    public IReadOnlyList<PiLine> Lines { get; }

    public PiTree Tree { get; }

    /// <summary>The line of each message: a compaction's first, wherever it stands.</summary>
    public List<int> Entries { get; }

    /// <summary>Whether the first message is a compaction's summary.</summary>
    public bool StartsWithCompaction => Entries is [var first, ..] && first == Tree.Compaction;

    public override string PlaceOf(int messageIndex) => $"line {File.Entries[Entries[messageIndex]].Line}";

    public void Decode()
    {
        _messages.Capacity = Entries.Count;
        foreach (var index in Entries)
        {
            using var line = File.Entries[index].Parse();
            _messages.Add(PiMessage.Read(line.RootElement));
        }
    }
}
