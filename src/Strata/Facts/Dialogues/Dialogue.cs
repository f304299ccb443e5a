using Strata.Text;
using Strata.Transcripts;

namespace Strata.Facts.Dialogues;

/// <summary>A long conversation with hardly any tools: friends' chat, a meeting, an interview, a support chat.</summary>
internal sealed class Dialogue
{
    /// <summary>More than the mean of prose in any tokenizer.</summary>
    public const int MostCharsPerToken = 6;

    // Of two speakers each tells of himself; from three on they meet about a matter.
    private const int MeetingSpeakers = 3;
    private const int LeastOfASpeaker = 3;
    private const int LanguageSample = 40;

    public Dialogue(IReadOnlyList<Utterance> utterances, bool isTalk)
    {
        IsTalk = isTalk;
        Utterances = utterances;
        Speakers = utterances.CountBy(utterance => utterance.Speaker, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        Language = LanguageOf(utterances);
        IsMeeting = Speakers.Count(speaker => speaker.Value >= LeastOfASpeaker) >= MeetingSpeakers;
    }

    /// <summary>In order; what an earlier summary carried comes first.</summary>
    public IReadOnlyList<Utterance> Utterances { get; }

    /// <summary>A tag as <see cref="Language.Of"/> gives it.</summary>
    public string Language { get; }

    /// <summary>The speakers and how often each spoke.</summary>
    public IReadOnlyDictionary<string, int> Speakers { get; }

    public bool IsMeeting { get; }

    /// <summary>False when only an earlier summary holds talk, and what came after it is work with tools.</summary>
    public bool IsTalk { get; }

    /// <summary>Whether everybody has a name: people talk to each other, and nobody gives an assistant requests or rules.</summary>
    public bool IsAmongPeople => !Speakers.ContainsKey(DialogueReader.User) && !Speakers.ContainsKey(DialogueReader.Assistant);

    /// <summary>Null when the groups are no dialogue and hold nothing of one.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="groups">Indexes of the groups that are read.</param>
    /// <param name="told">What earlier summaries among the groups tell of a talk: for each date a line <c>date name: words</c>, then the
    /// lines <c>name: words</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Dialogue? Read(
        Transcript transcript, IReadOnlyList<int> groups, IEnumerable<IReadOnlyList<string>> told, CancellationToken cancellationToken) =>
        DialogueReader.Read(transcript, groups, told, cancellationToken);

    // The middle: a talk begins with names and greetings.
    private static string LanguageOf(IReadOnlyList<Utterance> utterances) =>
        Text.Language.Of(string.Join('\n', utterances.Skip(utterances.Count / 2).Take(LanguageSample).Select(utterance => utterance.Text)));
}
