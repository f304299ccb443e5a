using System.Collections.Frozen;

namespace Strata.Summaries.Languages;

/// <summary>
/// The labels of a summary in one language. Inside the program a label is its English text; this turns it into the conversation's language when it is
/// written, and <see cref="Read"/> turns a label of any language back. One file under Data is one language; a missing line stays English.
/// </summary>
internal sealed class Labels
{
    private const string ResourcePrefix = "Labels/";
    private const string Hole = "{0}";

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
            var hole = from.IndexOf(Hole, StringComparison.Ordinal);
            if (hole < 0)
                _whole[from] = to;
            else
                _holed.Add((from[..hole], from[(hole + Hole.Length)..], to));
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
        var text = label[..^1];
        if (_whole.TryGetValue(text, out var known))
            return known + ":";
        foreach (var (head, tail, to) in _holed)
        {
            if (text.Length > head.Length + tail.Length && text.StartsWith(head, StringComparison.Ordinal) && text.EndsWith(tail, StringComparison.Ordinal))
                return to.Replace(Hole, text[head.Length..^tail.Length], StringComparison.Ordinal) + ":";
        }

        return label;
    }

    private static FrozenDictionary<string, Labels> Load()
    {
        var assembly = typeof(Labels).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[ResourcePrefix.Length..], name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return new Labels([.. lines.Select(line => line.Split(" = ")).Select(pair => (pair[0], pair[1]))]);
            }, StringComparer.Ordinal);
    }
}
