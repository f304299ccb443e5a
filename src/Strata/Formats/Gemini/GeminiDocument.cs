using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Gemini;

internal sealed class GeminiDocument : SessionDocument
{
    private readonly List<ChatMessage> _messages = [];
    private readonly List<int> _elements = [];

    public GeminiDocument(JsonlFile file, IReadOnlyList<GeminiLine> lines)
    {
        (File, Lines, Live) = (file, lines, GeminiLog.Replay(lines));
        Model = Live.Select(static message => message.Newest.Model).LastOrDefault(static model => model is not null);
    }

    public override string Format => GeminiFormat.FormatName;

    public override IReadOnlyList<ChatMessage> Messages => _messages;

    public override string? Model { get; }

    public override string? SessionId => File.FirstText(static line => line.Text("sessionId"u8));

    public override IReadOnlyList<FormatProblem> Problems => File.Problems;

    public JsonlFile File { get; }

    public IReadOnlyList<GeminiLine> Lines { get; }

    public IReadOnlyList<GeminiLive> Live { get; }

    /// <summary>The index in <see cref="Live"/> of what a message was read from.</summary>
    public int ElementOf(int message) => _elements[message];

    public override string PlaceOf(int messageIndex) => $"line {File.Entries[Live[_elements[messageIndex]].Last.Line].Line}";

    public void Decode()
    {
        var answered = Live.SelectMany(static message => message.Newest.Answers).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < Live.Count; i++)
        {
            var place = Live[i].Last;
            using var line = File.Entries[place.Line].Parse();
            var message = place.Item < 0 ? line.RootElement : GeminiLine.List(line.RootElement)!.Value[place.Item];
            foreach (var read in GeminiMessage.Read(message, answered.Contains))
            {
                _messages.Add(read);
                _elements.Add(i);
            }
        }
    }
}
