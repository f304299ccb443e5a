using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Facts.Ledgers;

/// <summary>
/// Decides what a user's sentence is. It is strict with rules: real coding chat has about one in thirty messages, so a wide gate would fill
/// the ledger with requests of the moment. What is not certain is a fact, which is shown only while room is left for it.
/// </summary>
internal static partial class StatementGate
{
    public const int LongestStatement = 400;
    private const int ShortestStatement = 5;

    public static bool IsReadable(string sentence) =>
        sentence.Length is >= ShortestStatement and <= LongestStatement && !NotProse().IsMatch(sentence);

    public static bool IsRule(string sentence) => IsRule(sentence, RuleCues.In(sentence));

    /// <param name="sentence">The sentence.</param>
    /// <param name="cues">Which patterns are tried; those that are left out must not match.</param>
    internal static bool IsRule(string sentence, RuleCue cues)
    {
        // Most sentences are told by their words to be none, so what only takes away from rules is asked last.
        return (IsLimit(sentence) || (!Asks(sentence) && (Stands(sentence, cues) || (Directs(sentence, cues) && !OfTheMoment().IsMatch(sentence))))) && !Chat().IsMatch(sentence);
    }

    /// <summary>Whether a sentence that is no rule can be a fact; false of what is asked for, offered or felt.</summary>
    public static bool MayBeFact(string said) => !Asks(said) && !Chat().IsMatch(said) && !Request().IsMatch(said);

    /// <summary>What a statement that <see cref="MayBeFact"/> is worth; 0 when it states nothing that holds on.</summary>
    public static double FactWeight(Statement statement)
    {
        var text = statement.Said;
        var hasHard = statement.Values.Any(value => value.IsHard);
        if (Status().IsMatch(text))
            return 0.2;
        if (Goal().IsMatch(text))
            return 0.93;
        if (statement.IsUpdate && statement.Values.Count > 0)
            return 0.9;
        var says = statement.Words.Any(word => word.Sort == WordSort.Copula);
        if (says && (hasHard || statement.Values.Count > 1))
            return 0.9;
        if (StartsAsOrder(text))
            return Condition().IsMatch(text) ? 0.95 : hasHard || statement.IsUpdate ? 0.8 : 0.4;
        return hasHard || (says && statement.Values.Count > 0) ? 0.7 : says || statement.IsUpdate ? 0.3 : 0;
    }

    /// <summary>Whether the sentence forbids: what it names stands beside other things that are forbidden.</summary>
    public static bool Prohibits(string sentence) => Negation().IsMatch(sentence);

    /// <summary>Whether the sentence tells a taste or a wish.</summary>
    public static bool Prefers(string sentence) => Preference().IsMatch(sentence);

    /// <summary>Whether it says nothing without the sentence before it.</summary>
    public static bool Depends(string sentence) => sentence.Length <= 80 && sentence[^1] is not ('?' or '？') && Dependent().IsMatch(sentence);

    private static bool Asks(string sentence) => sentence[^1] is '?' or '？';

    // A limit has a number.
    private static bool IsLimit(string sentence) => (!Ascii.IsValid(sentence) || sentence.AsSpan().ContainsAnyInRange('0', '9')) && Limit().IsMatch(sentence);

    private static bool Stands(string sentence, RuleCue cues) => cues.HasFlag(RuleCue.Standing) && Standing().IsMatch(sentence);

    private static bool Directs(string sentence, RuleCue cues) =>
        Prohibition().IsMatch(sentence) || (cues.HasFlag(RuleCue.Preference) && Preference().IsMatch(sentence)) || (cues.HasFlag(RuleCue.Obligation) && Obligation().IsMatch(sentence))
        || Format().IsMatch(sentence) || (!Ascii.IsValid(sentence) && DirectionInside().IsMatch(sentence));

    // No pronoun, article, question word, -ing form or interjection in front: in most languages an order, or close enough for a fact.
    private static bool StartsAsOrder(string text) => !NoOrder().IsMatch(text);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Words that make a rule of whatever sentence holds them.
    [GeneratedRegex(
        @"\b(?:never|always|whenever|from (?:now|here) on|going forward|henceforth|in (?:the )?future|every time|each time|at all times|under no circumstances|without (?:my |first |explicit(?:ly)? )?(?:approval|asking|permission|consent)|until I say|unless I (?:say|ask|tell)|no longer|not .{1,60}\bany ?more" +
        @"|(?:nie|niemals|immer|ab (?:jetzt|sofort)|von nun an|künftig|in Zukunft|grundsätzlich)|(?:nunca|siempre|(?:a partir )?de ahora(?: en adelante)?|jamás)|(?:jamais|toujours|désormais|dorénavant)|(?:mai|sempre|d'ora in (?:poi|avanti))|(?:sempre|nunca|a partir de agora)|(?:никогда|всегда|отныне|впредь))\b" +
        @"|永远|始终|总是|从现在(?:起|开始)|今后|以后请?|一律|务必|从不|必ず|常に|絶対に|今後は?|これからは|いつも|항상|절대|앞으로|반드시",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Standing();

    // "never mind", "as always", "I've never seen", "it always fails", "I'll make sure": talk, not rules.
    [GeneratedRegex(
        @"\bnever ?mind\b|\bas always\b|\bI (?:also )?wonder\b|\bthan (?:I|we)(?:'m| am|'re| are| can| could)\b|\b(?:I|we|you|it|he|she|they|that|this|which|who|there)(?:'ve|'s|'d| have| has| had| was| were| is| are|'re)? (?:always|never)\b(?! (?:want|commit|push|use|run))|\b(?:can|could|may|might) always\b|\balways (?:been|had|seems?|fails?|returns?|works?)\b|\b(?:contact|reach|get back to|talk to|let|remind) you\b.{0,20}\b(?:in (?:the )?future|always)|\bI'?(?:ll| will)\b.{0,12}\b(?:make sure|keep|remember|try)|\bin (?:the )?future\b\W*(?:again)?\W*\z|\b(?:break|happen|occur)\w* .{0,20}in (?:the )?future",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Chat();

    // An order not to do something, or to do only one thing, at the beginning.
    [GeneratedRegex(
        @"\A\W*(?:(?:please|also|and|but|again|important|note|just|so|ok(?:ay)?|yes|no|bitte|por favor|s'il vous plaît),?:? )*(?:do not|don'?t|must not|mustn'?t|avoid|only (?:use|run|edit|touch|change|write|commit|answer|reply|respond|ever|\p{Lu})|use only|no (?:more |extra |external |other |additional )?\p{L}+(?! (?:I|it|that|this|we|you|problem|worries)\b)[^?!]{2,}\z|stop (?:using|adding|writing|committing|running)|stick (?:to|with)|verwende (?:nur|kein)|benutze (?:nur|kein)|nutze (?:nur|kein)|(?:bitte )?(?:kein|keine|keinen) \p{L}|nicht \p{L}+|no \p{L}{3,}(?:as|es|áis|en|an|is)\b|evita|solo (?:usa|utiliza)|n'\p{L}+ (?:pas|jamais)|ne \p{L}+ (?:pas|jamais|plus)|évite|non \p{L}{4,}(?:re|te)\b|evita|usa solo|não \p{L}+|evite|use apenas|не \p{L}+)" +
        @"|\A(?:请)?(?:不要|别|不能|不得|不准|勿|请勿|禁止|严禁|只(?:能|用|要|许|准))",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Prohibition();

    [GeneratedRegex(
        @"\b(?:I|we)(?:'d| would|'m| am)? (?:strongly |really |much |generally |usually )*(?:prefer|rather|hate|dislike)\b(?! (?:a )?full refund)|\b(?:I|we) (?:really |strongly |also )*(?:do not|don'?t) (?:really )?(?:want|need|like|quite like)\b(?! to (?:cause|wait|bother|keep|worry))|\bthe users? (?:wants?|prefers?|likes?)|\A\W*users? (?:wants?|prefers?|likes?)|\bmy (?:\w+ )?preference\b|\b(?:is|am|are) allergic\b" +
        @"|\b(?:I|we)(?:'m| am|'re| are) (?:\w+ )?(?:willing|open|happy|fine|okay|ok|determined) (?:to|with)\b|\bas long as\b|\bno need to\b" +
        @"|\b(?:use|apply|using|pay)\b.{0,50}\bfirst\b.{0,20}\b(?:then|and)\b|\bfor (?:every|each|all)\b.{0,60}\bI'?d (?:like|prefer)|\bI'?(?:d| would) like\b.{0,80}\b(?:for|in) (?:every|each|all)\b|\bwithout (?:changing|touching|breaking|adding|having|using|removing)\b|\b(?:ideally|preferably)\b" +
        @"|\bich (?:bevorzuge|möchte (?:lieber|kein\w*|nicht)|will kein\w*|brauche kein\w*|hätte lieber|mag kein\w*)|\bprefiero\b|\bno quiero\b|\bje (?:préfère|préférerais|ne veux pas)|\bpreferisco\b|\bnon voglio\b|\bprefiro\b|\bnão quero\b|\bя (?:предпочитаю|не хочу)|我(?:更)?(?:喜欢|希望|不想要?|偏好)|(?:の方|のほう)が(?:いい|良い|好き)|더 좋|선호|원하지",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Preference();

    [GeneratedRegex(
        @"\b(?:must|may|can) (?:not|never|only|all)\b|\bshould (?:never|only|all|always)\b|\b(?:must|has to|have to|needs? to|is required to) (?:be|stay|remain|pass|support|work|use|have|fit|run|match|keep|follow|start|end)\b|\b(?:is|are) (?:not allowed|forbidden|off[- ]limits|mandatory|allowed to)\b|\b(?:you )?(?:don't|do not) have to\b|\byou (?:may|can|are allowed to|have permission to) (?!see|also see|find|get|tell|help|check|confirm|look|provide|do\b|please|assist|still)\p{L}+.{0,60}\bwithout\b" +
        @"|\b(?:muss|müssen|darf|dürfen|soll|sollen)\b|\b(?:debe|deben|tiene que)\b|\b(?:doit|doivent|il faut)\b|\b(?:deve|devono|devem)\b|\b(?:должен|должна|должны|нельзя|нужно|обязательно)\b|必须|必須|应该|應該|不得|需要保持|しなければ|べき|ねばなら|해야|안 ?됩|안 ?돼",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Obligation();

    // A limit or a deadline: a number with what bounds it.
    [GeneratedRegex(
        @"\b(?:at most|no more than|not more than|up to|less than|fewer than|maximum of|max\.?|limit(?:ed)?(?: to| of| is)?|under|within|below|exceed|budget(?: cap)?(?: is| of)?|cap(?:ped)? (?:is|at)|willing to pay|keep .{1,40} (?:under|below|within))\b[^.?!]{0,20}(?<![\w.])[$€£]\d[\d.,]*|\b(?:keep|limit|answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|messages?|titles?|functions?|lines?|files?|commits?)\b[^.?!]{0,40}\b(?:under|below|within|at most|no (?:more|longer) than|up to|maximum|max)\b[^.?!]{0,15}\d+\b" +
        @"|\b(?:deadline|due (?:date|on|by))\b[^?]{0,40}\d|\b(?:after|before|by|until) \d{1,2}(?::\d\d)? ?[ap]m\b(?! (?:and|or)\b)" +
        @"|\b(?:höchstens|maximal|nicht mehr als|mindestens|como máximo|no más de|no deben? superar|menos de|au maximum|au plus|pas plus de|moins de|al massimo|non più di|sotto le|no máximo|menos de|не более|не больше|максимум)\b[^.?!]{0,15}\d|(?:不超过|不要超过|最多|至多|至少|不得超过|以内)|\d+\s?\p{L}{0,4}(?:以内|まで|以下)|\d+\s?\p{L}{0,4} ?(?:이내|이하)|\b(?:frist|fällig|stichtag)\b.{0,20}\d|締め?切り?[はが]|截止",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Limit();

    // How answers and files are to look.
    [GeneratedRegex(
        @"\A\W*(?:please |bitte |por favor,? )?(?:(?:answer|reply|respond|write|speak|talk)(?: to me| me| back)?(?: only| everything| all \w+)? in \p{L}+(?: only| please)?\W*\z|keep (?:the |all |your |my |it |every )?(?:answers?|responses?|replies|code|functions?|lines?|files?|tests?|commits?)\b|format (?:all|every|each|your)\b|(?:antworte|schreibe?|sprich|sprecht|antworten sie)(?: mir| immer| bitte)? (?:auf|in)\b|(?:responde|contesta|escribe)(?:me)? (?:siempre )?en\b|(?:réponds|répondez|écris|écrivez)(?:-moi)? (?:toujours )?en\b|rispondi(?:mi)? (?:sempre )?in\b|responda?(?:-me)? (?:sempre )?em\b|отвечай(?:те)? (?:всегда )?(?:на|по)\b)|\A请?(?:用|使用).{1,8}(?:回答|回复|写|交流)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Format();

    // Prohibitions and formats of languages whose verbs stand at the end; the two above look at the beginning only.
    [GeneratedRegex(
        @"(?:しないで|使わないで|てはいけません|ないこと|禁止です?)(?:ください)?。?\z|(?:하지 ?(?:마|말)|쓰지 ?마|금지)|(?:語|体)で(?:答え|書い|返答|回答)|(?:어|로) ?(?:대답|답변|답해|작성|써)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DirectionInside();

    // A request of the moment, an opinion, a guess: "don't you think", "I don't want to wait", "please fix X in file.go:12".
    [GeneratedRegex(
        @"\A\W*(?:let'?s|can (?:you|we)|could (?:you|we)|would you|I think|I guess|I wonder|maybe|it seems|looks like|not sure|don'?t (?:worry|you|know|think|forget|remember|see|get|understand)|do not worry|no(?:pe|,| worries| problem|t )|nevermind|sorry|unfortunately)\b|\b(?:this time|for now|right now|at the moment|yet|today)\b|\bI (?:don'?t|do not) (?:know|remember|have|see|think|understand|get)\b|\b(?:reservation|user) id\b|\bshould(?:n'?t)? (?:have|be eligible)\b|\b(?:there|this|these|it|that|they) (?:must|should|shouldn't|may|can|has to|have to|needs? to)\b|\bbut (?:just|only)\b|:\d+\b|=>|::|\{\}|\(\)\s*\{",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OfTheMoment();

    // Asked for, offered, felt or thanked: the moment's talk, also where it holds a value.
    [GeneratedRegex(
        @"\A\W*(?:(?:yes|yeah|no|ok(?:ay)?|sure|hi|hello|hey|great|thanks?|thank you|alright|sorry|well|hmm|oh|actually|also|and|but|so),?!? )*(?:let'?s|can|could|would you|will you|what|why|how|when|where|who|which|is|are|does|do you|did|has|have you|I think|I guess|I wonder|maybe|it seems|looks like|not sure|I'?(?:ll|m| am| will| was| have|ve)|I'?d like to|I would like to|I need to|I want to|I (?:don'?t|do not) (?:know|remember|have)|thanks?|thank you|sorry|please (?:go|proceed|transfer|cancel|help|check))\b",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Request();

    [GeneratedRegex(@"\A\W*(?:the |our |my )?(?:current (?:task|goal|state|focus)|next steps?|open (?:question|point|issue)|awaiting|blocked (?:on|by)|goal|task|deadline|todo|decision|nächster schritt|ziel|siguiente paso|prochaine étape|下一步|目标|次の)\b|\b(?:awaiting|pending) (?:user|review|approval)\b|\bnext step is\b", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Goal();

    // "Reviewing the module layout": what is being done now.
    [GeneratedRegex(@"\A\W*\p{L}{3,}ing\b(?! .{0,60}\b(?:is|are|was|has|changed|moved)\b)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Status();

    [GeneratedRegex(@"\A\W*(?:if|when|once|in case|falls|wenn|si|se|如果|もし|если)\b|\b(?:all|every|each|any|before|until|unless|without|after|alle|jede[rsn]?|bevor|todos?|cada|antes|tous|chaque|avant|ogni|tutti|prima)\b|所有|每|之前|すべて|全て|前に", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\A\W*(?:\p{L}+ing\b|(?:the|an?|this|that|these|those|it|i|we|you|he|she|they|my|our|there|what|why|how|when|where|who|yes|yeah|no|ok(?:ay)?|thanks?|hi|hello|hey|great|sure|good|der|die|das|ein|eine|ich|wir|es|el|la|los|las|un|una|yo|le|les|une|je|nous|il|lo|io|o|a|eu|я|мы|это)\b|我|这|那|私|これ|それ)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NoOrder();

    [GeneratedRegex(@"\b(?:never|not|no|don'?t|mustn'?t|cannot|can'?t|avoid|without|nie|niemals|nicht|kein\w*|nunca|jamás|no|jamais|ne|pas|mai|non|não|никогда|не|нельзя)\b|不|别|禁止|勿|ない|しないで|마세요|말", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Negation();

    // "Never exceed it.", "Use it in confirmations.", "No exceptions."
    [GeneratedRegex(@"\b(?:it|its|them|they|their|this|that|these|those)\b|\A(?:never|not|no) \w+(?: \w+){0,3}\W*\z|\A(?:no exceptions?|not even|(?:the )?next step)\b", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Dependent();

    // Log lines, code, tables, test output, quoted help.
    [GeneratedRegex(@"\A\s*(?:\d{4}-\d\d-\d\d[ T]\d|\[\w+\]|\||[{}<>$+]|//|/\*|\w+\(|at \w+\.|(?:import|const|let|var|func|def|class|public|return)\s|-{3}|={3})|[;{}]\s*\z|\t", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NotProse();
}
