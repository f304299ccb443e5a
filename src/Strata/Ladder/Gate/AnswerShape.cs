using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.LevelZero;
using Strata.Text;

namespace Strata.Ladder.Gate;

/// <summary>
/// Tells answers that are no summary by their form: a server's error, a refusal, thinking aloud. All of an answer has to be of that form: a
/// summary may well speak of errors.
/// </summary>
internal static partial class AnswerShape
{
    // What an error says beyond its own words; a summary that begins like an error goes on.
    private const int LongestError = 320;
    private const int MostErrorSentences = 12;
    private const int LongestJson = 20_000;
    private const int OthersBesideRefusal = 2;

    /// <summary>Why the answer is none; null when its form is that of a summary.</summary>
    public static string? Refuse(string answer, SourceIndex source)
    {
        if (Unfinished().IsMatch(answer))
            return "it holds the model's thinking and no answer";
        if (Markup().IsMatch(answer))
            return "it is a page or a document of a server, not a summary";
        if (IsErrorJson(answer))
            return "it is an error of the server, not a summary";
        if (Nothing().IsMatch(answer))
            return "it says nothing";
        var sentences =
            SentenceSplitter.Split(answer).Take(MostErrorSentences + OthersBesideRefusal + 1).Select(range => answer[range]).ToList();
        if (sentences.Count == 0)
            return WordSplitter.Split(answer).MoveNext() ? null : "it says nothing";
        if (IsStackTrace(answer))
            return "it is a stack trace, not a summary";
        var others = sentences.Count(sentence => !Declines().IsMatch(sentence) && !Courtesy().IsMatch(sentence));
        if (Declines().IsMatch(sentences[0]) && others <= OthersBesideRefusal && !source.KnowsANameIn(answer))
            return "the model declined to summarize";
        if (sentences.Count <= MostErrorSentences
            && sentences.TrueForAll(sentence => IsError(sentence, source) || Courtesy().IsMatch(sentence))
            && sentences.Exists(sentence => IsError(sentence, source)))
            return "it is an error text, not a summary";
        if (sentences.TrueForAll(sentence => Thinks().IsMatch(sentence) || LineCues.IsPreamble(sentence))
            && sentences.Exists(sentence => Thinks().IsMatch(sentence)))
            return "it announces a summary and gives none";
        return null;
    }

    // An error that the session is about stands in a summary beside what was done about it, or with the names of the session.
    private static bool IsError(string sentence, SourceIndex source)
    {
        if (sentence.Length > LongestError || Mended().IsMatch(sentence))
            return false;
        return Marked().IsMatch(sentence) || (Failing().IsMatch(sentence) && !source.KnowsANameIn(sentence));
    }

    private static bool IsStackTrace(string answer)
    {
        var (frames, others) = (0, 0);
        foreach (var range in answer.AsSpan().Split('\n'))
        {
            var line = answer.AsSpan(range).Trim();
            if (line.IsEmpty)
                continue;
            // A frame of Python is followed by its line of source.
            if (Frame().IsMatch(line) || (frames > 0 && answer.AsSpan(range).StartsWith("    ")))
                frames++;
            else if (!TraceHead().IsMatch(line))
                others++;
        }

        return frames > 0 && others * 4 <= frames;
    }

    private static bool IsErrorJson(string answer)
    {
        var text = answer.AsSpan().TrimStart();
        foreach (var head in (ReadOnlySpan<string>)["data:", "event: error", "event:error"])
        {
            if (text.StartsWith(head, StringComparison.OrdinalIgnoreCase))
                text = text[head.Length..].Trim();
        }

        if (text.StartsWith("data:"))
            text = text[5..].Trim();
        if (text is not (['{', ..] or ['[', '{', ..]) || text.Length > LongestJson)
            return false;
        try
        {
            using var json = JsonDocument.Parse(text.ToString());
            var root =
                json.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : json.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.EnumerateObject().Any(member => ErrorMember().IsMatch(member.Name))
                && !root.EnumerateObject().Any(member => SummaryMember().IsMatch(member.Name));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)   // half a surrogate pair is no JSON either
        {
            return HalfErrorJson().IsMatch(text);
        }
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\A\s*<(?:think|thinking|thought|reasoning|reflection|analysis|scratchpad)>|^[ \t]*<(?:think|thinking)>[ \t]*$",
        Options | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\A\s*<(?:!doctype\b|html\b|head\b|body\b|\?xml\b|error\b|center>\s*<h1)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\A\W*(?:null|undefined|none|nil|n/a|nan|object object|empty|todo|tbd|insert summary here|your summary here|summary"
        + @"|zusammenfassung|résumé|resumen|摘要|总结|要約|요약)?\W*\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"\A(?:errors?|err|fault|exception|error_?(?:code|message|type|description)|detail|status_?code|traceback)\z", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ErrorMember();

    [GeneratedRegex(@"\A(?:summary|decisions?|tasks?|next_?steps?|facts?|rules?|files?)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SummaryMember();

    [GeneratedRegex(@"\A\[?\{\s*""(?:errors?|err|fault|exception|detail|status_?code|traceback|code|type""\s*:\s*""error"
        + @"|message""\s*:\s*""[^""]{0,40}error)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HalfErrorJson();

    [GeneratedRegex(@"\A(?:at [\w.<>$`\[\]]+.{0,300}|File ""[^""]{1,300}"", line \d+.{0,200}|in \S{1,200}:line \d+|goroutine \d+.{0,80}"
        + @"|\S{1,200}\.(?:go|rs|rb|py|js|ts|c|cpp|java|cs):\d+.{0,200}|\d+: +\S.{0,200}|#\d+ +\S.{0,200}|\.\.\. \d+ more)\z", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Frame();

    [GeneratedRegex(@"\A(?:traceback \(most recent call last\):?|caused by:.{0,300}|exception in thread.{0,300}|(?:unhandled"
        + @"|uncaught) .{0,300}|thread '.{1,80}' panicked.{0,300}|panic:.{0,300}|--- End of .{0,100}|(?:\w+[.:])*\w*(?:error"
        + @"|exception)\b.{0,300}|during handling of .{0,200}|stack backtrace:?)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TraceHead();
}
