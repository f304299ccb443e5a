using System.Text.RegularExpressions;

namespace Strata.Ladder.Gate;

/// <summary>Takes off what models put around a summary and what is none of it.</summary>
internal static partial class Dressing
{
    // Each kind may stand within another: a fence within quotes, a greeting before a fence.
    private const int Layers = 4;

    private const int LongestOpening = 400;

    /// <summary>The summary alone; thinking that was closed is left out, what was not closed stays.</summary>
    public static string Strip(string answer)
    {
        var text = LineEnd().Replace(answer, "\n").Replace("\0", "", StringComparison.Ordinal).Trim();
        for (var layer = 0; layer < Layers; layer++)
        {
            var before = text;
            text = WithoutThinking(text);
            text = Unwrapped(Unquoted(Unfenced(text)));
            text = WithoutCourtesy(text);
            if (text.Length == before.Length)
                break;
        }

        return text;
    }

    // Behind the last closing mark the answer begins, whether or not the opening one was sent.
    private static string WithoutThinking(string text)
    {
        var last = ThinkingEnd().Matches(text).LastOrDefault();
        return last is null ? text : text[(last.Index + last.Length)..].Trim();
    }

    private static string Unfenced(string text)
    {
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.Length < 7)
            return text;
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        if (line < 0 || line > text.Length - 4)
            return text;
        var inner = text[(line + 1)..^3];
        return inner.Contains("```", StringComparison.Ordinal) ? text : inner.Trim();
    }

    private static string Unquoted(string text) =>
        text is ['"', .., '"'] or ['“', .., '”'] or ['«', .., '»'] or ['「', .., '」'] or ['„', .., '“'] && text.Length > 2
            && !text[1..^1].AsSpan().ContainsAny("\"“”«»「」„") ? text[1..^1].Trim() : text;

    private static string Unwrapped(string text) =>
        Wrapper().Match(text) is { Success: true } wrapped ? wrapped.Groups["inner"].Value.Trim() : text;

    private static string WithoutCourtesy(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = (end < 0 ? text : text[..end]).Trim();
        if (Opening().Match(line[..Math.Min(line.Length, LongestOpening)]) is { Length: > 0 } opening)
            text = text[(text.IndexOf(line, StringComparison.Ordinal) + opening.Length)..].Trim();
        var last = text.LastIndexOf('\n') + 1;
        return last > 0 && text.Length - last <= LongestOpening && Closing().IsMatch(text.AsSpan(last).Trim()) ? text[..last].Trim() : text;
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    // Whatever a reader takes for the end of a line is one.
    [GeneratedRegex(@"\r\n|[\r\v\f\u0085\u2028\u2029]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"^[ \t]*</(?:think|thinking|thought|reasoning|reflection|analysis|scratchpad)>|(?<=\S[ \t]{0,9})</(?:think"
        + @"|thinking)>(?=\s*$)", Options | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ThinkingEnd();

    [GeneratedRegex(@"\A<(?<tag>summary|answer|output|response|result)>(?<inner>.*)</\k<tag>>\z", Options | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Wrapper();

    // "Sure!", "Certainly, here is a concise summary of the conversation:", and the like, whole sentences only.
    [GeneratedRegex(
        @"\A(?:\s*(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|alright|got it|gerne|natürlich|klar|sicher|bien sûr|d'accord"
            + @"|volontiers|claro(?: que sí)?|por supuesto|certamente|好的?|当然|當然|もちろんです|はい|물론입니다|네)\s*[.,!:。，！：]\s*)?" +
        @"(?:(?:here(?:'s| is| are)|below is|the following is|hier (?:ist|kommt|findest du)|im folgenden|voici|ci-dessous|aquí (?:tienes"
        + @"|está|va)|a continuación|ecco|aqui está|segue|вот|以下(?:是|为|為|は)|这是|這是|下面是|다음은)[^\n.!。]{0,160}?" +
        @"(?:summary|recap|overview|zusammenfassung|überblick|résumé|synthèse|resumen|riassunto|resumo|резюме|сводка|краткое изложение|摘要"
        + @"|总结|總結|概要|要約|まとめ|요약)[^\n.!。:：]{0,120}[:：.。]\s*)?",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Opening();

    [GeneratedRegex(
        @"\A(?:(?:please )?let me know if\b|(?:i )?hope (?:this|that) helps|feel free to\b|if you (?:need|want|would like|have) (?:any|more"
            + @"|further|me)\b|is there anything else|would you like me to|do you want me to|sag(?:en sie)? (?:mir )?bescheid|melde dich"
            + @"|lass es mich wissen|wenn du (?:weitere|noch)|n'hésite[zs]? pas|dis-moi si|avísame|déjame saber|espero que (?:esto|te)"
            + @"|fammi sapere|me avise|дайте знать|如(?:果|有|需)[^\n]{0,40}(?:告诉|随时|请|联系)|希望(?:这|對|对)|必要であれば|お知らせください|필요하시면)[^\n]{0,200}\z",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Closing();
}
