using System.Text.RegularExpressions;
using Strata.Summaries;
using Strata.Text;

namespace Strata.Ladder.Gate;

/// <summary>
/// Decides whether a model's answer may stand for the conversation, and completes it with what it must not lose. Pure; time is linear in
/// the answer and the source.
/// </summary>
internal static partial class QualityGate
{
    // A model cannot count: a tenth more is forgiven, and up to three times as much, which is all that a model may say, is cut.
    private const double Overage = 1.1;
    private const int LargestAnswer = 3;

    // A model that was cut off says the most important first, but an eighth of a summary is none.
    private const double LeastOfCut = 1 / 8.0;

    private const int LeastNames = 3;
    private const double MostInvented = 1 / 3.0;

    // A text shares many of its words with what it tells of, in the same language; otherwise the names.
    private const int LeastWords = 20;
    private const double LeastKnown = .25;
    private const double LeastOfCode = .05;

    private const double WholeInput = .8;
    private const int LeastEcho = 40;

    /// <summary>Never throws, whatever the answer is.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="answer">What the model said.</param>
    /// <param name="wasCut">Whether it stopped because the output limit was reached.</param>
    public static GateVerdict Check(GateRequest request, string answer, bool wasCut = false)
    {
        var (counter, source) = (request.Counter, new SourceIndex(request.SourceTexts));
        var largest = Math.Min((int)(request.MaxTokens * Overage), request.InputTokens);
        var given = Dressing.Strip(answer);
        var had = KeptBlock.Split(given).Items.ToHashSet();
        var body = Bare(given);
        if (wasCut && had.Count == 0)
            body = Bare(TextTrimmer.WithoutUnfinished(body));
        if (Refuse(request, body, source) is { } shape)
            return GateVerdict.Refuse(shape);
        var tokens = counter.Count(body);
        if (wasCut && tokens < request.MaxTokens * LeastOfCut)
            return GateVerdict.Refuse(FormattableString.Invariant($"it was cut off after {tokens} tokens"));
        if (tokens > request.InputTokens)
            return GateVerdict.Refuse(FormattableString.Invariant($"it has {tokens} tokens and stands for {request.InputTokens}"));
        if (tokens > (long)request.MaxTokens * LargestAnswer)
            return GateVerdict.Refuse(FormattableString.Invariant($"it has {tokens} tokens, {request.MaxTokens} were allowed"));
        var whole = body;
        if (tokens > largest)
            body = TextTrimmer.Trim(body, request.MaxTokens, counter, request.RequiredSections.Count > 0) ?? "";
        if (body.Length == 0)
            return GateVerdict.Refuse(
                FormattableString.Invariant($"it has {tokens} tokens, {request.MaxTokens} were allowed, and cannot be shortened"));
        var completion = new Completion(request);
        if (completion.Complete(body) is not { } completed)
            return GateVerdict.Refuse("the user's rules find no room beside it");
        // Shortening may lay bare what stands around a summary, or our own heading without what stood above it.
        if (completed.Body.Length < whole.Length && Bare(completed.Body) is var bare && bare.Length < completed.Body.Length)
            return Check(request, bare);
        if (completed.Body != whole && Refuse(request, completed.Body, source) is { } shortened)
            return GateVerdict.Refuse(shortened);
        var text = KeptBlock.Join(completed.Body, [.. completed.Below], request.Language);
        var size = counter.Count(text);
        if (size > largest)
            return GateVerdict.Refuse(FormattableString.Invariant($"it has {size} tokens with what must be kept, {largest} were allowed"));
        var kept = request.MustKeep.Items.Count == 0 ? 1 : KeptShare(request, whole, had);
        var quality = new QualityMetrics(
            request.InputTokens == 0 ? 0 : size / (double)request.InputTokens, Coherence.Of(completed.Body, source), kept);
        return new GateVerdict(text, null, quality,
            [.. completed.Below.Where(item => !had.Contains(item)).Select(item => item.Text)]) { Note = completion.Note };
    }

    // Below a line of ours, or the mark of a fence, which go, a greeting may stand; below that the next.
    private static string Bare(string text)
    {
        var body = Fences.Closed(KeptBlock.BodyOf(text));
        while (Fences.Closed(KeptBlock.BodyOf(Dressing.Strip(body))) is var bare && bare.Length < body.Length)
            body = bare;
        return body;
    }

    private static double KeptShare(GateRequest request, string body, HashSet<KeptItem> had)
    {
        var match = new KeptMatch(body);
        return request.MustKeep.Items.Count(item => had.Contains(item) || match.Holds(item)) / (double)request.MustKeep.Items.Count;
    }

    private static string? Refuse(GateRequest request, string body, SourceIndex source)
    {
        if (string.IsNullOrWhiteSpace(body))
            return "it says nothing";
        if (AnswerShape.Refuse(body, source) is { } shape)
            return shape;
        if (IsEcho(body, request.Instruction) || Placeholder().IsMatch(body))
            return "it repeats the instruction";
        if (IsInput(body, source))
            return "it repeats its input";
        if (AnswerLanguage.Other(body, request.Language) is { } language)
            return $"it is written in \"{language}\", the conversation in \"{request.Language}\"";
        if (SectionHeadings.Missing(body, request.RequiredSections, request.Language) is { } section)
            return $"the section \"{section}\" is missing";
        return source.IsEmpty ? null : RefuseUnknown(body, source);
    }

    private static string? RefuseUnknown(string body, SourceIndex source)
    {
        var (names, invented) = source.CountNames(body);
        if (invented >= LeastNames && invented > names * MostInvented)
            return FormattableString.Invariant($"{invented} of its {names} names and numbers are not in the conversation");
        var (words, known) = Coherence.Words(body, source);
        if (words < LeastWords || known >= words * LeastKnown || names - invented >= 2)
            return null;
        // A source in another language than the summary has to be in shares no words with it; code shares some with English.
        var language = Language.Of(body);
        return source.Texts.Select(text => Language.Of(text))
            .Any(of => of == language || (of == Language.Unknown && language == "en" && known < words * LeastOfCode))
            ? "it speaks of something else" : null;
    }

    // Every sentence that is long enough to be somebody's stands in the instruction.
    private static bool IsEcho(string body, string instruction)
    {
        if (instruction.Length == 0)
            return false;
        var told = OneLine.Of(instruction);
        var (echoed, own) = (0, 0);
        foreach (var range in SentenceSplitter.Split(body))
        {
            var sentence = OneLine.Of(body.AsSpan(range));
            if (told.Contains(sentence, StringComparison.OrdinalIgnoreCase))
                echoed += sentence.Length;
            else
                own += sentence.Length;
        }

        return echoed >= LeastEcho && echoed > 4 * own;
    }

    private static bool IsInput(string body, SourceIndex source)
    {
        var length = source.Texts.Sum(text => (long)text.Length);
        if (body.Length < LeastEcho || body.Length < length * WholeInput)
            return false;
        var (input, said) = (OneLine.Of(string.Join('\n', source.Texts)), OneLine.Of(body));
        return said.Length >= input.Length * WholeInput
            && (input.Contains(said, StringComparison.Ordinal) || said.Contains(input, StringComparison.Ordinal));
    }

    // Holes of a template that nobody filled.
    [GeneratedRegex(@"\A\W*(?:[\[{<]{1,2} ?(?:insert|your|the|write|put|add|fill|summary|text|content)[^\]}>\n]{0,80}[\]}>]{1,2}\s*)+\W*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholder();
}
