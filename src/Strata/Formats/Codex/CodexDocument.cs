using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Codex;

internal sealed class CodexDocument(JsonlFile file, IReadOnlyList<CodexLine> lines) : SessionDocument
{
    private readonly List<ChatMessage> _messages = [];

    public override string Format => CodexFormat.FormatName;

    public override IReadOnlyList<ChatMessage> Messages => _messages;

    public override string? Model { get; } = lines.LastOrDefault(static line => line.Model is not null)?.Model;

    public override int? Window { get; } = lines.LastOrDefault(static line => line.Window > 0)?.Window;

    public override IReadOnlyList<RecordedInput> RecordedInputs => CodexReplay.Recorded(Lines, Live);

    public override ChatOptions? Options { get; } =
        lines.LastOrDefault(static line => line.Instructions is not null) is { Instructions: var text } ? new() { Instructions = text }
            : null;

    public override string? SessionId =>
        File.FirstText(static line => line.Is("type"u8, "session_meta"u8) ? line.Object("payload"u8)?.Text("id"u8) : null);

    public override ReasoningVendor? SignedBy => ReasoningVendor.OpenAI;

    public override IReadOnlyList<FormatProblem> Problems => File.Problems;

    public JsonlFile File { get; } = file;

    public IReadOnlyList<CodexLine> Lines { get; } = lines;

    public List<int> Live { get; } = CodexReplay.Live(lines);

    public override string PlaceOf(int messageIndex) => $"line {File.Entries[Live[messageIndex]].Line}";

    public void Decode()
    {
        _messages.Capacity = Live.Count;
        foreach (var index in Live)
        {
            using var line = File.Entries[index].Parse();
            _messages.Add(CodexItem.Read(line.RootElement, Lines[index]));
        }
    }
}
