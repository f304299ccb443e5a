using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Formats.Json;

/// <summary>A session that is one JSON document.</summary>
internal sealed class BodyDocument(
    string format, JsonBody body, IReadOnlyList<ChatMessage> messages, IReadOnlyList<int> elements,
    IReadOnlyList<FormatProblem> problems) : SessionDocument
{
    private readonly Dictionary<int, List<int>> _messages =
        Enumerable.Range(0, elements.Count).GroupBy(message => elements[message])
            .ToDictionary(static group => group.Key, static group => group.ToList());

    public JsonBody Body => body;

    public override string Format => format;

    public override IReadOnlyList<ChatMessage> Messages => messages;

    public override IReadOnlyList<FormatProblem> Problems => problems;

    public override string? Model => ReadModel;

    public override string? SessionId => ReadSessionId;

    public override IReadOnlyList<RecordedInput> RecordedInputs =>
    [
        .. messages.Select((_, message) => new RecordedInput(message, ReadInput(body.Elements[elements[message]])))
            .Where(static record => record.Tokens > 0),
    ];

    public override ChatOptions? Options => ReadOptions;

    public override ReasoningVendor? SignedBy => ReadSignedBy;

    internal string? ReadModel { get; init; }

    internal string? ReadSessionId { get; init; }

    /// <summary>Input tokens that an element records of the request which it answers; 0 where it records none.</summary>
    internal Func<JsonValue, int> ReadInput { get; init; } = static _ => 0;

    internal ChatOptions? ReadOptions { get; init; }

    internal ReasoningVendor? ReadSignedBy { get; init; }

    /// <summary>What changes beside the list of messages where these are written: in words, and in bytes of the body.</summary>
    internal Func<BodyDocument, IReadOnlyList<OutgoingMessage>, RootEdit?> Root { get; init; } = static (_, _) => null;

    public override IReadOnlyList<string> ChangesBeside(IReadOnlyList<OutgoingMessage> messages) =>
        Root(this, messages) is { } edit ? [edit.Why] : [];

    /// <summary>The index of the element that a message was read from.</summary>
    public int ElementOf(int message) => elements[message];

    /// <summary>The messages that were read from an element; none for one that is not part of the conversation.</summary>
    public IReadOnlyList<int> MessagesOf(int element) => _messages.TryGetValue(element, out var found) ? found : [];

    public override string PlaceOf(int messageIndex) => body.PlaceOf(elements[messageIndex]);
}
