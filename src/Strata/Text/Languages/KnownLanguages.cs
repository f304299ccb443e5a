namespace Strata.Text.Languages;

/// <summary>The languages that have a data file.</summary>
internal static class KnownLanguages
{
    // A new language is its file and its tag here. Those of the last line are only told from the others: nothing else is known of them.
    private const string Tags = "en de es fr it pt ru zh-Hans ja ko ar hi tr pl nl uk he vi id th zh-Hant " +
        "ro sk cs sv da nb fi hu ca hr bg";

    public static IReadOnlyList<LanguageData> All { get; } = [.. Tags.Split(' ').Select((tag, index) => new LanguageData(tag, index))];

    public static LanguageData English => All[0];

    /// <summary>The words of a section in all languages.</summary>
    public static IEnumerable<string> WordsOf(string section) =>
        All.SelectMany(language => language.Words(section)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The languages with this primary tag.</summary>
    public static LanguageSet Of(string primary)
    {
        var bits = 0UL;
        foreach (var language in All)
        {
            if (language.Primary == primary)
                bits |= 1UL << language.Index;
        }

        return new LanguageSet(bits);
    }
}
