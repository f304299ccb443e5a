using System.Text.RegularExpressions;

namespace Strata.Summaries.Ledgers;

/// <summary>
/// Decides whether a user's sentence is a standing rule. It is strict: real coding chat has about one rule in thirty messages, so a wide
/// gate would fill the ledger with one-off requests.
/// </summary>
internal static partial class RuleGate
{
    private const int LongestRule = 400;
    private const int ShortestRule = 8;

    public static bool IsRule(string sentence)
    {
        if (sentence.Length is < ShortestRule or > LongestRule || NotProse().IsMatch(sentence))
            return false;
        if (Standing().IsMatch(sentence))
            return !Chat().IsMatch(sentence);
        return !sentence.EndsWith('?') && !sentence.EndsWith('？') && !OneOff().IsMatch(sentence) && (Prohibition().IsMatch(sentence) || Preference().IsMatch(sentence));
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Words that make a rule of whatever sentence holds them.
    [GeneratedRegex(
        @"\b(?:never|always|whenever|from now on|in (?:the )?future|every time|each time|at all times|under no circumstances|without (?:my |explicit )?(?:approval|asking|permission)|until I say|unless I (?:say|ask|tell)|(?:nur|nie|niemals|immer|ab jetzt|in Zukunft|grundsätzlich)|(?:nunca|siempre|de ahora en adelante|jamás)|(?:jamais|toujours|désormais|dorénavant)|(?:mai|sempre|d'ora in poi)|(?:никогда|всегда|отныне))\b|(?:永远|始终|总是|从现在起|今后|一律|务必|必ず|常に|絶対に|今後は|항상|절대|앞으로)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Standing();

    // "never mind", "as always", "I've never seen", "it always fails": talk, not rules.
    [GeneratedRegex(
        @"\bnever ?mind\b|\bas always\b|\b(?:I|we|you|it|he|she|they|that|this|which|who|there)(?:'ve|'s|'d| have| has| had| was| were| is| are|'re)? (?:always|never)\b(?! (?:want|commit|push|use|run))|\b(?:can|could|may|might) always\b|\balways (?:been|seems?|fails?|returns?)\b|\?\s*$",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Chat();

    [GeneratedRegex(
        @"\A\W*(?:please |also,? |and |but |again,? |important:? |note:? |bitte |por favor,? )*(?:do not|don'?t|must not|mustn'?t|avoid|only (?:use|run|edit|touch|change|write|commit|answer|reply|respond|ever)|no (?:more )?\w+|stop (?:using|adding|writing|committing|running)|use only|stick (?:to|with)|keep (?:the |all |your |it )?(?:answers?|responses?|replies|messages?|code|functions?|lines?|files?|tests?|commits?)|make sure (?:to|that|you)|(?:answer|reply|respond|write|speak) (?:only |always )?in\b|(?:verwende|benutze|nutze|antworte|schreibe) |(?:kein|keine|keinen) |no (?:uses|hagas|escribas)|responde en|ne (?:pas )?\w+|réponds en)|\A(?:不要|别|请勿|禁止|只(?:能|用)|请用|用中文|用英文)|(?:しないで|してください|ください)。?\z|(?:하지 ?마|해 ?주세요)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Prohibition();

    [GeneratedRegex(
        @"\b(?:I|we)(?:'d| would)? (?:strongly |really |much )?(?:prefer|rather|don'?t (?:want|like|quite like)|hate|dislike)\b|\b(?:must|should|may|can) (?:not|never|only|always|all)\b|\b(?:must|has to|have to|is required to) (?:be|stay|remain|pass|support|work|use|have|fit|run)\b|\b(?:at most|no more than|at least|maximum of|limit of|deadline)\b.{0,40}\d|\b(?:is|are) (?:not allowed|forbidden|off[- ]limits|mandatory|required)\b|\bmy (?:name|timezone|time zone|email|preferred)\b.{0,20}\bis\b|\b(?:bevorzuge|möchte keine|muss|müssen|darf nicht|dürfen nicht)\b|\b(?:prefiero|debe|no debe)\b|\b(?:je préfère|doit|ne doit pas)\b",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Preference();

    // A request of the moment, an opinion, a guess: "don't you think", "I don't want to wait", "please fix X in file.go:12".
    [GeneratedRegex(
        @"\A\W*(?:let'?s|can you|could you|I think|I guess|I wonder|maybe|it seems|looks like|not sure|don'?t (?:worry|you|know|think|forget)|do not worry|no(?:pe|,| worries| problem|t )|nevermind)\b|\b(?:this time|for now|right now|at the moment|yet)\b|\bshould(?:n'?t)? (?:have|be eligible)\b|\b(?:there|this|these|it|that|they) (?:must|should|shouldn't|may|can)\b|\bbut (?:just|only)\b|:\d+\b|=>|::|\{\}|\(\)\s*\{",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OneOff();

    // Log lines, code, tables, test output, quoted help.
    [GeneratedRegex(@"\A\s*(?:\d{4}-\d\d-\d\d|\[\w+\]|\||[{}<>$+]|//|/\*|\w+\(|at \w+\.|(?:import|from|const|let|var|func|def|class|public|return)\s)|[;{}]\s*\z|\t", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NotProse();
}
