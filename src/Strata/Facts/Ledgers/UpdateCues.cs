using System.Text.RegularExpressions;

namespace Strata.Facts.Ledgers;

/// <summary>Words that tell that something changes, that something is added, or that only soften a sentence. Language by language, few and general.</summary>
internal static partial class UpdateCues
{
    /// <summary>Whether the sentence reports or orders a change.</summary>
    public static bool IsUpdate(string sentence) => Switch().IsMatch(sentence) || Change().IsMatch(sentence);

    /// <summary>Whether it sets another way from here on: <c>from now on</c>, <c>instead</c>, <c>no longer</c>.</summary>
    public static bool IsSwitch(string sentence) => Switch().IsMatch(sentence);

    /// <summary>Whether it prefers one thing over what was: <c>rather</c>, <c>instead</c>.</summary>
    public static bool IsComparative(string sentence) => Comparative().IsMatch(sentence);

    /// <summary>Whether it says that it stands beside what was said.</summary>
    public static bool IsAddition(string sentence) => Addition().IsMatch(sentence);

    /// <summary>What it says no longer holds: the words after <c>instead of</c> or <c>no longer</c>; empty where it does not say.</summary>
    public static string Dismissed(string sentence) => Dismissal().Match(sentence) is { Success: true } match ? match.Groups["what"].Value : "";

    /// <summary>The sentence without words that say when or how firmly it holds: what is left can be compared.</summary>
    public static string Bare(string sentence) => Switch().Replace(Change().Replace(Firmness().Replace(sentence, " "), " "), " ");

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\b(?:from (?:now|here|today|tomorrow|this point)(?: on(?:wards?)?)?|as of (?:now|today|tomorrow)|starting (?:now|today|tomorrow)|going forward|henceforth|instead|rather|actually|no longer|any ?more|any longer|now|change of plans?" +
        @"|ab (?:jetzt|sofort|heute|morgen)|von nun an|künftig|stattdessen|lieber|nicht mehr|jetzt|nunmehr" +
        @"|a partir de (?:ahora|hoy|mañana)|de ahora en adelante|en (?:su )?lugar(?: de)?|en vez|mejor|ya no|ahora" +
        @"|désormais|dorénavant|à partir d(?:e maintenant|e demain|'aujourd'hui)|plutôt|à la place|maintenant" +
        @"|d'ora in (?:poi|avanti)|invece|piuttosto|adesso|ora|agora|a partir de agora|daqui em diante|em vez" +
        @"|теперь|отныне|с этого момента|впредь|вместо|больше не)\b|从现在起|从现在开始|从今以后|以后|今后|现在|改用|换用|不再|今後は?|これからは?|代わりに|もう|앞으로는?|이제(?:부터|는)?|대신",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Switch();

    // "has been moved to", "wurde auf … verschoben", "改为": a verb of change, with what belongs to it.
    [GeneratedRegex(
        @"\b(?:(?:has|have|had|was|were|is|are|be|been|got|gets) ){0,2}(?:changed|moved|switched|renamed|replaced|rescheduled|postponed|delayed|extended|shortened|raised|lowered|increased|reduced|rotated|rebased|migrated|updated|relocated|reassigned|revised|corrected|took over|takes over|taken over|handed over)(?: (?:on)?to\b| into\b| by\b| until\b| over to\b)?" +
        @"|\b(?:we|I) \w{2,20}ed\b(?= .{0,40}to\b)(?: (?:on)?to\b)?" +
        @"|\b(?:quick )?(?:update|correction|change):|\bnew\b" +
        @"|\b(?:wurde|wird|ist)\b(?= .{0,60}(?:verschoben|geändert|verlegt|erhöht|gesenkt|verlängert|umbenannt|ersetzt|gewechselt))|\b(?:auf den |auf die |auf |zu )?(?:verschoben|geändert|verlegt|erhöht|gesenkt|verlängert|umbenannt|ersetzt|gewechselt)\b|\bneue[rsn]?\b" +
        @"|\b(?:se )?(?:ha )?(?:cambi(?:ó|ado|a)|mov(?:ió|ido)|aplaz(?:ó|ado)|pas(?:ó|a|ado))(?: al?\b| para\b| por\b)?|\bnuev[oa]s?\b" +
        @"|\b(?:est |a été )?(?:reportée?|changée?|déplacée?|remplacée?|avancée?|repoussée?)(?: au\b| à\b| par\b)?|\bnouve(?:au|lle)\b" +
        @"|\b(?:è stat[oa] )?(?:spostat[oa]|cambiat[oa]|rinviat[oa])(?: al?\b)?|\bnuov[oa]\b|\b(?:mudou|passou|foi adiad[oa]|foi alterad[oa])(?: para\b| a\b)?|\bnov[oa]\b" +
        @"|\b(?:перенес\w{1,4}|измен\w{2,6})(?: на\b)?|\bнов(?:ый|ая|ое)\b" +
        @"|(?:改为|改成|改到|换成|换到|变为|变成|推迟到|提前到|移到|更新为|新的)|(?:に)?変更(?:になりました|されました|しました|してください)?|に変わりました|新しい|변경|바뀌|새로운",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Change();

    [GeneratedRegex(@"\b(?:rather|instead|lieber|stattdessen|mejor|plutôt|à la place|piuttosto|invece|em vez disso)\b|代わりに|대신", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comparative();

    [GeneratedRegex(@"\b(?:also|too|as well|in addition|additionally|besides|auch|außerdem|zusätzlich|también|además|aussi|également|anche|inoltre|também|также|тоже)\b|[也还]|另外|同时|さらに|また、|또한", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Addition();

    [GeneratedRegex(@"\b(?:instead of|rather than|no longer(?: use| need| want)?|anstatt|anstelle von|statt|en lugar de|en vez de|au lieu d[e']|invece di|em vez de|вместо)\s(?<what>[^.,;:!?]{2,60})|(?:不再(?:用|使用)?)(?<what>[^，。；]{1,20})", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Dismissal();

    [GeneratedRegex(
        @"\A[A-Z][A-Z _-]{2,30}:\s|\b(?:please|always|kindly|bitte|immer|por favor|siempre|s'il vous plaît|s'il te plaît|toujours|per favore|sempre|пожалуйста|всегда)\b|항상|주세요|请|請|总是|始终|一律|必须|必ず|常に|です|ください|ます|，",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Firmness();
}
