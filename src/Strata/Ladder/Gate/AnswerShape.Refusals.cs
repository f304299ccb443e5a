using System.Text.RegularExpressions;

namespace Strata.Ladder.Gate;

/// <summary>The words of refusals, and of talk about the task of summarizing.</summary>
internal static partial class AnswerShape
{
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
}
