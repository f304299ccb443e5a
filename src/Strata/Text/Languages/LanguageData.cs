using System.Collections.Frozen;

namespace Strata.Text.Languages;

/// <summary>All that is known of one language: its data file, read as far as it is asked for.</summary>
internal sealed class LanguageData
{
    /// <summary>The sections that hold something else than cues.</summary>
    public static readonly IReadOnlyList<string> WordSections =
    [
        "script", "labels", "stop words", "telling words", "borrowed words", "abbreviations inside", "abbreviations before numbers",
        "abbreviations at the end", "chat openers",
        "openers", "numbers", "articles", "copulas", "function words",
    ];

    private readonly Lazy<LanguageFile> _file;
    private readonly Lazy<CueIndex> _cues;
    private readonly Lazy<FrozenSet<string>> _numbers;
    private readonly Lazy<FrozenDictionary<string, WordSorts>> _sorts;

    public LanguageData(string tag, int index)
    {
        Tag = tag;
        Index = index;
        _file = new Lazy<LanguageFile>(() => LanguageFile.Parse(tag, Read(tag)));
        _cues = new Lazy<CueIndex>(ReadCues);
        _numbers = new Lazy<FrozenSet<string>>(() => Words("numbers").Select(Fold).ToFrozenSet(StringComparer.Ordinal));
        _sorts = new Lazy<FrozenDictionary<string, WordSorts>>(ReadSorts);
    }

    /// <summary>BCP 47, with the script where one language is written in two.</summary>
    public string Tag { get; }

    /// <summary>Where it stands among all.</summary>
    public int Index { get; }

    /// <summary>The primary tag, without the script.</summary>
    public string Primary => Tag.Split('-')[0];

    public CueIndex Cues => _cues.Value;

    public IReadOnlySet<string> Numbers => _numbers.Value;

    /// <summary>Whether blanks stand between words.</summary>
    public bool HasBlanks => !Is("no blanks");

    /// <summary>Whether diacritics part words that chat does not write without them.</summary>
    public bool KeepsDiacritics => Is("exact letters");

    /// <summary>What a word in lower case does in a sentence.</summary>
    public WordSorts SortsOf(string word) => _sorts.Value.GetValueOrDefault(word);

    public IEnumerable<string> Sections => _file.Value.Sections;

    public IEnumerable<string> Words(string section) => _file.Value.Words(section);

    public IReadOnlyList<string> Lines(string section) => _file.Value.Lines(section);

    /// <summary>The words that stand in its cues, which tell the language as stop words do.</summary>
    public IEnumerable<string> CueWords() => _file.Value.Sections.Where(section => CueSections.KindOf(section) != CueKind.None)
        .SelectMany(section => Lines(section)).SelectMany(LetterRuns);

    private bool Is(string trait) => _file.Value.Lines("script").Any(line => line == trait);

    private string Fold(string text) => CueText.Fold(text, KeepsDiacritics, out _);

    private CueIndex ReadCues()
    {
        var file = _file.Value;
        var cues = file.Sections.Select(section => (Section: section, Kind: CueSections.KindOf(section)))
            .Where(section => section.Kind != CueKind.None)
            .SelectMany(section => file.Entries(section.Section).Select(cue => CuePattern.Parse(Fold(cue), section.Kind, HasBlanks)));
        return new CueIndex(cues, file.Entries("openers").Select(Fold), HasBlanks);
    }

    private FrozenDictionary<string, WordSorts> ReadSorts()
    {
        var sorts = new Dictionary<string, WordSorts>(StringComparer.Ordinal);
        foreach (var (section, sort) in new[] { ("articles", WordSorts.Article), ("copulas", WordSorts.Copula),
            ("function words", WordSorts.Function) })
        {
            foreach (var word in Words(section))
                sorts[word] = sorts.GetValueOrDefault(word) | sort;
        }

        return sorts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // A word with a sign before or behind it is a part of a word.
    private static IEnumerable<string> LetterRuns(string line)
    {
        for (var at = 0; at < line.Length;)
        {
            var start = at;
            while (at < line.Length && (char.IsLetter(line[at]) || (at > start && line[at] == '\'')))
                at++;
            if (at - start > 1 && (start == 0 || line[start - 1] is not ('*' or ')'))
                && (at == line.Length || line[at] is not ('*' or '(')))
                yield return line[start..at];
            if (at == start)
                at++;
        }
    }

    private static string Read(string tag)
    {
        using var stream = typeof(LanguageData).Assembly.GetManifestResourceStream("Languages/" + tag)
            ?? throw new InvalidOperationException($"The data file of language '{tag}' is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
