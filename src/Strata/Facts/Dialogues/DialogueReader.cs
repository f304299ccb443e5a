using Microsoft.Extensions.AI;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Facts.Dialogues;

/// <summary>Reads the utterances of a conversation that holds hardly any tool calls.</summary>
internal sealed class DialogueReader
{
    public const string User = "User";
    public const string Assistant = "Assistant";

    private const int LeastUtterances = 12;

    // Talk is the matter as long as it outnumbers the calls by this.
    private const int TextsPerToolContent = 10;

    // Who writes more at a time to a user without a name is an assistant that works for him: his requests and its reports are the matter.
    private const int LongestUnnamed = 400;

    private readonly SpeakerLines _lines = new();
    private readonly List<Utterance> _utterances = [];
    private DateOnly? _date;

    public static Dialogue? Read(
        Transcript transcript, IReadOnlyList<int> groups, IEnumerable<IReadOnlyList<string>> told, CancellationToken cancellationToken)
    {
        var reader = new DialogueReader();
        foreach (var lines in told)
            reader.Carry(lines);
        var carried = reader._utterances.Count;
        var isTalk = IsTalk(transcript, groups);
        if (isTalk)
            reader.ReadTalk(transcript, groups, cancellationToken);
        var dialogue = new Dialogue(reader._utterances, isTalk);
        return carried > 0 || (isTalk && IsLongEnough(dialogue)) ? dialogue : null;
    }

    private static bool IsTalk(Transcript transcript, IReadOnlyList<int> groups)
    {
        var texts = 0;
        var tools = 0;
        foreach (var index in groups)
        {
            foreach (var message in transcript.Groups[index].Messages)
            {
                foreach (var content in message.Contents)
                {
                    if (content is FunctionCallContent or FunctionResultContent)
                        tools++;
                    else if (content is TextContent)
                        texts++;
                }
            }
        }

        return tools * TextsPerToolContent <= texts;
    }

    private static bool IsLongEnough(Dialogue dialogue)
    {
        var utterances = dialogue.Utterances;
        return utterances.Count >= LeastUtterances
            && (dialogue.IsAmongPeople
                || utterances.Sum(utterance => (long)utterance.Text.Length) <= (long)LongestUnnamed * utterances.Count);
    }

    private void ReadTalk(Transcript transcript, IReadOnlyList<int> groups, CancellationToken cancellationToken)
    {
        var texts = new List<(ChatMessage Message, string Text)>();
        foreach (var index in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var group = transcript.Groups[index];
            if (group.Kind is GroupKind.System or GroupKind.Summary || group.IsInjected)
                continue;
            foreach (var message in group.Messages)
            {
                if (message.Role != ChatRole.User && message.Role != ChatRole.Assistant)
                    continue;
                var text = message.Role == ChatRole.User ? InjectedText.Strip(message) : MessageText.Of(message);
                if (InjectedText.IsAcknowledgement(text))
                    continue;
                texts.Add((message, text));
                _lines.Note(text);
            }
        }

        _lines.Decide();
        foreach (var (message, text) in texts)
            ReadMessage(message, text);
    }

    private void ReadMessage(ChatMessage message, string text)
    {
        if (message.CreatedAt is { } created)
            _date = DateOnly.FromDateTime(created.Date);
        var speaker = string.IsNullOrWhiteSpace(message.AuthorName) ? message.Role == ChatRole.User ? User : Assistant
            : OneLine.Of(message.AuthorName);
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOf('\n') is var end and >= 0 ? end : text.Length - at;
            var line = text.AsSpan(at, length).Trim();
            var rest = line;
            var date = DateText.OfHeader(ref rest);
            var name = _lines.NameAt(rest);
            if (date is not null || name > 0)
            {
                Add(speaker, text.AsMemory(start, at - start));
                _date = date ?? _date;
                start = at + length - text.AsSpan(at, length).TrimStart().Length + (line.Length - rest.Length);
                if (name > 0)
                {
                    speaker = OneLine.Of(rest[..name]);
                    start += name + 1;
                }
            }

            at += length + 1;
        }

        if (start < text.Length)
            Add(speaker, text.AsMemory(start));
    }

    private void Add(string speaker, ReadOnlyMemory<char> text)
    {
        text = text.Trim();
        if (!text.IsEmpty)
            _utterances.Add(new Utterance(speaker, text, _date, IsCarried: false));
    }

    private void Carry(IReadOnlyList<string> lines)
    {
        var first = lines[0].AsSpan();
        var date = DateText.OfHeader(ref first);
        foreach (var said in lines.Skip(1).Prepend(first.ToString()))
        {
            var colon = said.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0)
                _utterances.Add(new Utterance(said[..colon], said.AsMemory(colon + 2), date, IsCarried: true));
        }
    }
}
