using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>Languages as a model is told them.</summary>
internal static class LanguageNames
{
    // Words a token of o200k_base, about: an answer that comes out longer is cut by the gate. Where no blanks part words, characters.
    private static readonly Dictionary<string, (string Name, double WordsPerToken)> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = ("English", .75),
        ["de"] = ("German", .55),
        ["fr"] = ("French", .6),
        ["es"] = ("Spanish", .65),
        ["it"] = ("Italian", .6),
        ["pt"] = ("Portuguese", .6),
        ["nl"] = ("Dutch", .6),
        ["pl"] = ("Polish", .4),
        ["ru"] = ("Russian", .45),
        ["uk"] = ("Ukrainian", .4),
        ["tr"] = ("Turkish", .4),
        ["ar"] = ("Arabic", .45),
        ["he"] = ("Hebrew", .45),
        ["hi"] = ("Hindi", .5),
        ["id"] = ("Indonesian", .55),
        ["vi"] = ("Vietnamese", .75),
        ["th"] = ("Thai", .4),
        ["ja"] = ("Japanese", 1),
        ["ko"] = ("Korean", .4),
        ["zh"] = ("Chinese", 1),
        ["zh-Hans"] = ("Simplified Chinese", 1),
        ["zh-Hant"] = ("Traditional Chinese", 1),
    };

    /// <summary>"German" for "de"; a tag that is not in the list as it is; what fits any text for "und".</summary>
    public static string Of(string tag) => All.TryGetValue(tag, out var known) ? known.Name
        : tag.Length == 0 || string.Equals(tag, Language.Unknown, StringComparison.OrdinalIgnoreCase) ? "the language of the text"
        : OneLine.Of(tag, 40);

    public static double WordsPerToken(string tag) => All.TryGetValue(tag, out var known) ? known.WordsPerToken : .5;
}
