using Strata.Ladder.Gate;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Ladder.Gate;

/// <summary>Requests for tests: a small session about a parser, and whatever else is asked for.</summary>
internal static class Gated
{
    public const string Source =
        "Fix the date parser in src/Dates/DateParser.cs so that leap days are read. Never push to main without asking me. " +
        "The build failed: error CS0246 in LeapRules.cs, connection refused by localhost:5432 and a rate limit of 500 requests per minute "
        + "at the gateway. " +
        "The missing century rule was added, the tests pass now and commit 4f3a2b1c holds the change. The release note is still to be "
        + "written. " +
        "Der Parser liest jetzt Schalttage, und die Tests laufen durch. El analizador lee los años bisiestos y las pruebas pasan.";

    public static GateRequest Request(
        string? source = null, MustKeep? mustKeep = null, int maxTokens = 400, int inputTokens = 4_000, string language = "en",
        IReadOnlyList<string>? sections = null, string instruction = "") => new()
        {
            SourceTexts = [source ?? Source],
            MustKeep = mustKeep ?? MustKeep.Nothing,
            Language = language,
            MaxTokens = maxTokens,
            InputTokens = inputTokens,
            Counter = new CharCounter(4),
            RequiredSections = sections ?? [],
            Instruction = instruction,
        };

    public static GateVerdict Check(string answer, GateRequest? request = null, bool wasCut = false) =>
        QualityGate.Check(request ?? Request(), answer, wasCut);

    public static MustKeep Keep(params (KeptKind Kind, string Text)[] items) =>
        new([.. items.Select(item => new KeptItem(item.Kind, item.Text))]);

    /// <summary>The groups of a session, cut where a turn begins once a piece has so many chars.</summary>
    public static IEnumerable<int[]> Pieces(Transcript transcript, int chars)
    {
        var (piece, size) = (new List<int>(), 0);
        foreach (var group in transcript.Groups.Where(group => group.Kind != GroupKind.System))
        {
            piece.Add(group.Index);
            size += group.Messages.SelectMany(message => message.Contents).Sum(content => MessageText.Of(content)?.Length ?? 0);
            if (size < chars)
                continue;
            yield return [.. piece];
            (piece, size) = ([], 0);
        }

        if (piece.Count > 0)
            yield return [.. piece];
    }

    public static IReadOnlyList<string> Texts(Transcript transcript, IEnumerable<int> groups) =>
        [.. groups.SelectMany(group => transcript.Groups[group].Messages).SelectMany(message => message.Contents).Select(MessageText.Of)
            .OfType<string>()];
}
