using System.Collections.Frozen;
using Strata.Text.Languages;

namespace Strata.LevelZero.Wording;

/// <summary>
/// The labels of a summary in one language. Inside the program a label is its English text; this turns it into the conversation's language
/// when it is written, and <see cref="Read"/> turns a label of any language back. They stand in the section <c>labels</c> of a language's
/// data file, a line for each of
/// <see cref="LabelIds"/>; a missing line stays English.
/// </summary>
internal sealed class Labels
{
    private const string Section = "labels";

    private static readonly Labels EnglishOnly = new([]);
    private static readonly FrozenDictionary<string, Labels> ByLanguage = Load();
    private static readonly Labels ToEnglish = new(
        [.. ByLanguage.Values.SelectMany(labels => labels._all).Select(pair => (pair.To, pair.From))]);

    private readonly IReadOnlyList<(string From, string To)> _all;
    private readonly Dictionary<string, string> _whole = new(StringComparer.Ordinal);
    private readonly List<(string Head, string Tail, string To)> _holed = [];

    private Labels(IReadOnlyList<(string From, string To)> all)
    {
        _all = all;
        foreach (var (from, to) in all)
        {
            var hole = from.IndexOf(LabelIds.Hole, StringComparison.Ordinal);
            if (hole < 0)
                _whole[from] = to;
            else
                _holed.Add((from[..hole], from[(hole + LabelIds.Hole.Length)..], to));
        }
    }

    /// <summary>Tags of the languages that have labels, English apart.</summary>
    public static IEnumerable<string> Languages => ByLanguage.Keys.Order(StringComparer.Ordinal);

    /// <summary>The labels of a language; English where there are none.</summary>
    public static Labels In(string language) => ByLanguage.GetValueOrDefault(language, EnglishOnly);

    /// <summary>The English label of a line that is one in some language; other lines come back as they are.</summary>
    public static string Read(string line) => ToEnglish.Write(line);

    /// <summary>An English label, its colon included, in this language.</summary>
    public string Write(string label)
    {
        if (!label.EndsWith(':'))
            return label;
        if (_whole.TryGetValue(label, out var known))
            return known;
        foreach (var (head, tail, to) in _holed)
        {
            if (label.Length > head.Length + tail.Length && label.StartsWith(head, StringComparison.Ordinal)
                && label.EndsWith(tail, StringComparison.Ordinal))
                return to.Replace(LabelIds.Hole, label[head.Length..^tail.Length], StringComparison.Ordinal);
        }

        return label;
    }

    private static FrozenDictionary<string, Labels> Load() =>
        KnownLanguages.All.Where(language => language.Lines(Section).Count > 0).ToFrozenDictionary(language => language.Tag, language =>
        {
            var texts = language.Lines(Section).Select(line => line.Split(" = "))
                .ToDictionary(pair => pair[0], pair => pair[1] + ":", StringComparer.Ordinal);
            return new Labels([.. LabelIds.All.Where(label => texts.ContainsKey(label.Id))
                .Select(label => (label.English, texts[label.Id]))]);
        }, StringComparer.Ordinal);
}
