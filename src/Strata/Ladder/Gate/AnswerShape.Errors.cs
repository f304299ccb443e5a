using System.Text.RegularExpressions;

namespace Strata.Ladder.Gate;

/// <summary>The words of errors, of what follows them, and of what makes a report of one.</summary>
internal static partial class AnswerShape
{
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
}
