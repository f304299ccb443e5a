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

    // Said so at its beginning.
    [GeneratedRegex(
        @"\A\W*(?:(?:\w{1,30} ){0,2}(?:error|fehler|erreur|errore|erro|ошибка|помилка|błąd|fout|hata)(?: code"
            + @"| type)?(?: ?\(?\d{3}\)?)?\s?[:：—–-]|(?:错误|錯誤|エラー|오류|خطأ|त्रुटि)\s?(?:\d{3})?[:：]"
            + @"|(?:http(?:/\d(?:\.\d)?)?[ -]?)?(?:error )?(?:40[0-9]|41[0-9]|42[0-9]|451|50[0-9]|52[0-9]|529)\b[ :,.-]*(?:\z|bad"
            + @"|unauthorized|payment|forbidden|not found|request|conflict|payload|unprocessable|too many|internal|server|service|gateway"
            + @"|overloaded|client|error)" +
        @"|(?:\w+\.)*[A-Z]\w+(?:Error|Exception)\b\s?[:(]|status(?: code)?:? ?[45]\d\d\b|\w*ECONN\w+|ETIMEDOUT|ENOTFOUND|panic:|fatal:"
        + @"|(?:unhandled|uncaught) (?:exception|error)|segmentation fault|traceback \(most recent)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Marked();

    // What services say when they fail.
    [GeneratedRegex(
        @"\A\W*(?:(?:the |your |this |an? |we |sorry,? )*(?:internal (?:server )?error|bad gateway|(?:gateway|request|read|connection"
            + @"|operation)(?: has)? time(?:d )?-?out|service (?:is )?(?:temporarily )?(?:unavailable|overloaded)|server (?:is "
            + @"|had )?(?:overloaded|busy|an error|error|unavailable)|overloaded\W*\z|rate[ -]?limit(?:ed|s)?(?: (?:has been |was "
            + @"|is )?(?:exceeded|reached|hit))?|too many requests|quota (?:has been )?exceeded|you (?:have )?exceeded your"
            + @"|(?:have )?exceeded your|insufficient (?:quota|credits?|balance|funds)|(?:invalid|incorrect|missing|no) api[ _-]?key"
            + @"|authentication (?:failed|error|required)|(?:unauthorized|access denied|permission denied|forbidden)\W*\z|context (?:length"
            + @"|window)(?: was| is)? exceeded|(?:this model'?s |model's |the )?maximum context length|prompt is too long"
            + @"|input (?:is )?too long|model ['""`\w./:-]{1,80} (?:not found|does not exist|is not available|is currently loading)"
            + @"|model (?:not found|is loading|overloaded)|no such model|connection (?:refused|reset|closed|aborted|error)"
            + @"|could not connect|failed to (?:connect|fetch|load model|generate|parse)|cannot connect|network (?:error|is unreachable)"
            + @"|cuda (?:error|out of memory)|out of memory|content (?:was )?(?:filtered|blocked)|blocked by (?:content|safety)"
            + @"|something went wrong|an? (?:unexpected |unknown )?error (?:has )?occurred|unexpected (?:error|end of)|unable to (?:process"
            + @"|complete|generate|connect)|upstream (?:connect|request|error)|no healthy upstream|stream (?:error|closed|ended))" +
        @"|(?:interner serverfehler|ein (?:interner |unerwarteter )?fehler ist aufgetreten|zeitüberschreitung|zu viele anfragen"
        + @"|dienst nicht verfügbar|zugriff verweigert|une erreur (?:interne |inattendue )?(?:est survenue|s'est produite)|trop de requêtes"
        + @"|service indisponible|accès refusé|(?:se ha producido|ha ocurrido|ocurrió) un error|demasiadas solicitudes"
        + @"|servicio no disponible|acceso denegado|si è verificato un errore|troppe richieste|ocorreu um erro|muitas solicitações"
        + @"|произошла ошибка|слишком много запросов|сервис недоступен)" +
        @"|(?:请求(?:过于频繁|失败|超时|过多)|服务(?:器)?(?:不可用|繁忙|内部错误|出错)|内部(?:服务器)?错误|发生(?:了)?(?:未知)?错误|超出(?:配额|速率限制|最大)|サーバー(?:エラー|が混)|エラーが発生し"
        + @"|リクエストが多すぎ|タイムアウトしました|오류가 발생|요청이 너무 많|서버 오류|حدث خطأ|कोई त्रुटि|เกิดข้อผิดพลาด|bir hata oluştu|đã xảy ra lỗi|terjadi kesalahan"
        + @"|wystąpił błąd|er is een fout opgetreden))",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Failing();

    // What follows such a sentence.
    [GeneratedRegex(
        @"\A\W*(?:(?:please )?(?:try|retry)(?:ing)?(?: again)?\b|please (?:try|retry|wait|contact|check|slow|reduce|refresh|visit|provide"
            + @"|share|paste|send|see)\b|contact (?:support|us|your)\b|(?:for more|more) information\b|see (?:https?:|the docs|our)\b"
            + @"|visit https?:|request[ _-]?id\b|(?:ref|trace|ray|error)[ _-]?(?:id|code)\b|limit\b|current\b|retry[ -]after\b"
            + @"|you can (?:find|check|visit|try)\b|however, your messages|(?:reset )?reason:|tried to allocate\b|nginx\b|cloudflare\b"
            + @"|that'?s all we know|\d+\W*\z|https?://\S+\W*\z" +
        @"|bitte (?:versuchen|versuche|warten|kontaktieren)|(?:versuchen|versuche) (?:sie )?es|veuillez (?:réessayer|patienter)|réessayez"
        + @"|(?:por favor,? )?(?:inténtalo|intente|inténtelo|vuelva)|riprova|tente novamente|повторите|попробуйте|请(?:稍后|重试|提供|联系)|(?:稍后"
        + @"|しばらく|後で|もう一度|再度).{0,20}(?:重试|お試し|再試行)?|나중에|다시 시도|if (?:this|the) (?:persists|problem|error)|is there (?:anything"
        + @"|something) else|can i help|how (?:can|may) i)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Courtesy();

    // What was done about it makes a report of it.
    [GeneratedRegex(
        @"\b(?:fixed|resolved|cured|solved|mended|avoided|worked around|by (?:adding|changing|using|raising|moving|setting|replacing"
            + @"|removing)|was caused|were caused|because|so (?:we|i|the|that)|then (?:we|i|the)|switched|raised|added|changed|replaced"
            + @"|moved|removed|retried|reran|passes|now (?:works|passes|returns)|behoben|gelöst|weil|porque|corregid[oa]|solucionad[oa]"
            + @"|corrigé|résolu|parce que|risolto|perché|исправлен\w{0,2}|потому)\b|修复|解决|因为|修正|解決|ため|수정|해결",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mended();

    // A refusal, or a question back.
    [GeneratedRegex(
        @"\A\W*(?:(?:i'?m|i am|we'?re|we are)(?: \w+){0,2} (?:sorry|afraid|unable)\b|sorry,? (?:but |i )|(?:unfortunately,? )?i (?:can(?:no"
            + @"|')t|can not|cannot|could ?n[o']t|won'?t|will not|do(?: not|n'?t) (?:have|see)|am not able"
            + @"|must decline)\b(?! (?:reproduce))|as an? (?:ai|artificial|large|language|assistant)\b|i apologi[sz]e\b|apologies\b"
            + @"|(?:there (?:is|was)|there's) (?:no|nothing|not enough) (?:conversation|text|content|transcript|to summari[sz]e"
            + @"|information to)|(?:no|the) (?:conversation|text|content|transcript|input) (?:was |is |has been )?(?:provided|given|empty"
            + @"|missing|to summari[sz]e)|(?:please|could you(?: please)?|can you(?: please)?) (?:provide|share|paste|send"
            + @"|give me)\b.{0,60}\b(?:conversation|text|transcript|messages?|content)|it (?:looks|seems|appears)(?: like| that)? (?:you"
            + @"|there is no|the (?:conversation|text|message))[^.]{0,60}(?:did(?:n'?t| not)|has(?:n'?t| not)|no |empty|missing|cut off)" +
        @"|(?:es )?tut mir leid|entschuldigung|ich kann (?:das|dies|diese|dir|ihnen|dabei|leider|nicht|keine)|als (?:ki|sprachmodell"
        + @"|künstliche)|bitte (?:gib|geben|stell|teile|teilen|sende) .{0,60}(?:text|gespräch|unterhaltung)|(?:je suis |)(?:désolée?"
        + @"|navrée?)|je ne peux pas|en tant qu[e'’]|veuillez fournir|lo siento|lo lamento|no puedo|como (?:ia|modelo|inteligencia|una? )"
        + @"|mi dispiace|non posso|come (?:ia|modello|intelligenza)|desculpe|sinto muito|não posso|como (?:um modelo|uma ia)|извините"
        + @"|к сожалению,? я|простите|я не могу|как (?:ии|языковая модель|искусственный)|helaas|het spijt me|przepraszam|niestety|üzgünüm"
        + @"|maaf|xin lỗi)" +
        @"|\A\W*(?:很?抱歉|对不起|對不起|我(?:无法|不能|没有办法|無法)|作为(?:一个|一名)?(?:AI|人工智能|语言模型|大)|作為|请提供.{0,20}(?:对话|内容|文本)|申し訳|すみません|ごめんなさい|お手伝いできません"
        + @"|AI(?:として|言語)|죄송|미안|저는 (?:AI|인공지능)|عذرًا|عذرا|آسف|أعتذر|لا أستطيع|क्षमा|माफ़|ขออภัย|ขอโทษ|סליחה|מצטער)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Declines();

    // Talk about the task of summarizing itself.
    [GeneratedRegex(
        @"\A\W*(?:(?:okay|ok|alright|hmm+|so|well|first|now|wait|right|let me|let's|i need|i should|i'?ll|i will|i have|i must|i'?m|we need"
            + @"|we should|the user|the (?:task|instruction|conversation|prompt|summary)|my (?:task|job)|this is|next|then"
            + @"|finally)\b.{0,200}\b(?:summar(?:y|i[sz]e|i[sz]ing)|think|thinking|instructions?|condense|tokens?|recap)\b|(?:hmm+|wait"
            + @"|let me think|let me see|thinking)\b.{0,80}\z|also,? i (?:should|need|must)\b.{0,120}\z|i (?:should|need to"
            + @"|must)\b.{0,160}\z|(?:ich (?:soll|muss|werde|sollte)|lass mich|je (?:dois|vais)|debo|tengo que|voy a|devo|мне нужно"
            + @"|я должен)\b.{0,160}(?:zusammenfass|überleg|nachdenk|résum|réfléch|resum|pensar|riassum|подумать|обобщить|резюм).{0,80}"
            + @"|(?:我需要|我应该|让我|首先).{0,60}(?:总结|摘要|想|思考).{0,60}|.{0,80}(?:要約|まとめ)(?:する必要|しなければ|しましょう|します).{0,20})",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Thinks();

    [GeneratedRegex(@"\A(?:at [\w.<>$`\[\]]+.{0,300}|File ""[^""]{1,300}"", line \d+.{0,200}|in \S{1,200}:line \d+|goroutine \d+.{0,80}"
        + @"|\S{1,200}\.(?:go|rs|rb|py|js|ts|c|cpp|java|cs):\d+.{0,200}|\d+: +\S.{0,200}|#\d+ +\S.{0,200}|\.\.\. \d+ more)\z", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Frame();

    [GeneratedRegex(@"\A(?:traceback \(most recent call last\):?|caused by:.{0,300}|exception in thread.{0,300}|(?:unhandled"
        + @"|uncaught) .{0,300}|thread '.{1,80}' panicked.{0,300}|panic:.{0,300}|--- End of .{0,100}|(?:\w+[.:])*\w*(?:error"
        + @"|exception)\b.{0,300}|during handling of .{0,200}|stack backtrace:?)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TraceHead();
}
