using System.Buffers;

namespace Strata.Ladder.Prompts;

/// <summary>Words that order a reader about, in the languages whose stop words are known.</summary>
/// <remarks>
/// An <b>override</b> speaks to whoever reads it (<i>ignore all previous instructions</i>, <i>you are now …</i>): nothing that a task needs
/// reads so.
/// <i>Must</i> and <i>do</i> are the stuff of every task: they count only where a text is known to come from an untrusted item.
/// </remarks>
internal static class OrderCues
{
    // A verb that opens a sentence orders; further on it reports ("added a rule to ignore …"). Chars.
    private const int Opening = 40;

    private static readonly SearchValues<string> Setting = Cues(
        """
        ignore|disregard|forget|override|bypass|discard|pay no attention
        ignorier|vergiss|vergesst|missacht|ignorez|oublie|ignora|olvida|descarta|desconsider|esqueç|esqueca|dimentica|trascura|negeer|vergeet
        ignoruj|zignoruj|zapomnij|pomiń|yok say|yoksay|görmezden|unut|bỏ qua|quên|abaikan|lupakan
        игнорир|забудь|не обращай|ігнор|забудь|忽略|无视|無視|忘记|忘掉|忘れ|무시|잊어|تجاهل|انس |انسَ|התעלם|שכח|अनदेखा|नज़रअंदाज़|भूल जा|เพิกเฉย|ละเลย|ลืม|ไม่ต้องสนใจ
        """);

    private static readonly SearchValues<string> Bounds = Cues(
        """
        instruction|prompt|guideline|previous|above|prior|earlier|everything before|your rules|the rules|all rules|safety|told you|context
        anweisung|regeln|vorherig|bisherig|obige|consigne|précédent|règles|instruccion|anterior|reglas|instruç|instruc|regras|istruzion|precedent|regole
        instructie|vorige|regels|instrukcj|poprzedn|zasad|talimat|önceki|kural|hướng dẫn|chỉ thị|trước|instruksi|perintah|sebelumnya
        инструкц|правил|предыдущ|указани|інструкц|попередн|指令|指示|规则|規則|之前|以上|以前|提示|ルール|プロンプト|이전|지시|규칙|명령|تعليمات|السابق|قواعد|הוראות|הקודמ|כללים
        निर्देश|पिछल|नियम|คำสั่ง|ก่อนหน้า|กฎ
        """);

    // One of these is enough.
    private static readonly SearchValues<string> Addressing = Cues(
        """
        you are now|you're now|you must now|you will now|from now on you|from now on, you|your new task|your new role|your real task|your only task|new instructions|system prompt
        developer mode|dan mode|jailbreak|system override|admin override|summarizer:|summarizer,|summariser:|summariser,|note to the summarizer|note to summarizer|note to the ai
        dear summarizer|attention ai|attention, ai|ai assistant:|ai agents must|ai assistants must|to any ai|to the ai|to all ai|if you are an ai|if you are a language model|as an ai
        when you summarize|when summarizing|when you read this|in your summary|your summary must|the summary must|summary should only|do not mention this|do not tell the user
        don't tell the user|without telling the user|end of data|end of transcript|end of conversation|the data ends here|follow the instructions below|pretend to be|pretend you are|pretend that you
        du bist jetzt|du bist nun|sie sind jetzt ein|neue anweisung|deine neue aufgabe|sag dem nutzer nichts|in deiner zusammenfassung
        tu es maintenant|tu es désormais|vous êtes maintenant|vous êtes désormais|nouvelles instructions|ne dis pas à l'utilisateur|dans ton résumé
        ahora eres|a partir de ahora eres|nuevas instrucciones|tu nueva tarea|no le digas al usuario|en tu resumen|agora você é|a partir de agora você|novas instruções|no seu resumo|não diga ao usuário
        ora sei un|d'ora in poi sei|nuove istruzioni|nel tuo riassunto|non dire all'utente|je bent nu|nieuwe instructies|in je samenvatting|jesteś teraz|od teraz jesteś|nowe instrukcje|w swoim podsumowaniu
        artık sen|bundan sonra sen|yeni talimat|özetine|kullanıcıya söyleme|bây giờ bạn là|từ bây giờ bạn|chỉ thị mới|hướng dẫn mới|sekarang kamu adalah|mulai sekarang kamu|instruksi baru
        теперь ты|ты теперь|вы теперь|отныне ты|новые инструкции|не говори пользователю|системный промпт|тепер ти|ти тепер|нові інструкції
        你现在是|你現在是|从现在起你|從現在起你|从现在开始你|新的指令|新指令|系统提示|系統提示|不要告诉用户|不要告訴使用者|在摘要中|あなたは今|これからあなたは|新しい指示|システムプロンプト|要約には|ユーザーに言わない
        지금부터 너는|지금부터 당신은|너는 이제|당신은 이제|새로운 지시|시스템 프롬프트|요약에는|사용자에게 말하지|أنت الآن|من الآن فصاعدا أنت|تعليمات جديدة|لا تخبر المستخدم|אתה עכשיו|מעתה אתה|הוראות חדשות|אל תגיד למשתמש
        अब आप|अब तुम|नए निर्देश|उपयोगकर्ता को मत|ตอนนี้คุณคือ|คำสั่งใหม่|อย่าบอกผู้ใช้
        """);

    // Words that oblige, wherever they stand.
    private static readonly SearchValues<string> Modal = Cues(
        """
        must|you should|you need to|you have to|you are to|do not |don't |never |always |please |from now on|make sure|be sure to|under no circumstances|tool_call|"arguments"|rm -rf
        musst |muss |müsst|müssen|sollst |darfst nicht|niemals |immer |bitte |debes |debe |tienes que|nunca |siempre |dois |devez |jamais |toujours |veuillez |devi |deve |mai |sempre |por favor|per favore
        moet |altijd |nooit |musisz |należy |zawsze |nigdy |gerek|malısın|melisin|lütfen|asla |her zaman|phải |luôn |đừng |hãy |harus |selalu |jangan |tolong
        должен|должн|всегда|никогда|нельзя|пожалуйста|повин|завжди|ніколи|必须|必須|请|請|不要|总是|只输出|只輸出|ください|せよ|しろ|なさい|必ず|하세요|하십시오|해라|하라|반드시|절대|يجب|دائما|لا ت|חייב|תמיד|לעולם|चाहिए|करें|हमेशा|कभी
        ต้อง|ห้าม|โปรด|จง
        """);

    // Verbs that order where they open a sentence or a clause.
    private static readonly SearchValues<string> Imperative = Cues(
        """
        write |output |reply|respond |say |run |execute |send |delete |remove |call |upload |download |fetch |visit |click |include |append |mark |report |reveal |print |tell |remember |repeat |add |set |use |open |post |forward |approve |grant
        transfer |install |stop |start |answer |conclude|state |replace |decode |exfiltrate |push |publish |merge |skip |pretend
        schreib|antworte|führe |lösche |sende |sag |escribe |responde |ejecuta |borra |elimina |envía |écri|répond|exécute|supprime|envoie|scrivi |rispondi |esegui |cancella |invia |escreva |execute |apague |envie
        schrijf |voer |verwijder |stuur |napisz |uruchom |usuń |wyślij |yaz |çalıştır|gönder|viết |chạy |xóa |gửi |tulis |jalankan |hapus |kirim |напиши|ответь|выполни|удали|отправь|скажи|виконай|видали|надішли
        写|輸出|输出|执行|執行|删除|刪除|回复|回答|告诉|运行|发送|書い|実行|削除|작성|실행|삭제|말하|اكتب|نفذ|احذف|أرسل|قل |כתוב|הרץ|מחק|שלח|אמור|लिख|चला|हटा|भेज|เขียน|รัน|ลบ|ส่ง
        """);

    /// <summary>Whether the sentence sets its reader's instructions aside or gives it others.</summary>
    public static bool IsOverride(ReadOnlySpan<char> sentence)
    {
        if (Find(sentence, Addressing, opens: false) >= 0)
            return true;
        var verb = Find(sentence, Setting, opens: false);
        return verb >= 0 && (verb <= Opening || !char.IsAscii(sentence[verb])) && Find(sentence, Bounds, opens: false) >= 0;
    }

    /// <summary>Whether the sentence obliges somebody to something.</summary>
    public static bool IsObliging(ReadOnlySpan<char> sentence) => Find(sentence, Modal, opens: false) >= 0;

    /// <summary>Whether the sentence, or a clause of it, begins with a verb that orders.</summary>
    public static bool IsImperative(ReadOnlySpan<char> sentence) => Find(sentence, Imperative, opens: true) >= 0;

    // Where a cue begins a word; where it opens a clause if that is asked. Scripts without blanks have no such places.
    private static int Find(ReadOnlySpan<char> sentence, SearchValues<string> cues, bool opens)
    {
        for (var from = 0; sentence[from..].IndexOfAny(cues) is var hit and >= 0; from += hit + 1)
        {
            var at = from + hit;
            if (at == 0 || sentence[at] > '\u05ff' || !char.IsLetterOrDigit(sentence[at - 1]))
            {
                if (!opens || sentence[at] > '\u05ff' || IsOpening(sentence[..at]))
                    return at;
            }
        }

        return -1;
    }

    private static bool IsOpening(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd();
        foreach (var word in Openers)
        {
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase)
                && (before.Length == word.Length || !char.IsLetterOrDigit(before[^(word.Length + 1)])))
                return true;
        }

        return before.IsEmpty
            || before[^1] is ':' or ',' or ';' or '.' or '!' or '?' or '>' or '*' or '"' or '\'' or '—' or '→' or '›' or ']';
    }

    private static readonly string[] Openers = ["now", "then", "so", "just", "also", "next", "first", "finally"];

    private static SearchValues<string> Cues(string lines) =>
        SearchValues.Create(
            lines.ReplaceLineEndings("|").Split('|', StringSplitOptions.RemoveEmptyEntries), StringComparison.OrdinalIgnoreCase);
}
