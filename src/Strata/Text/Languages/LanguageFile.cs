using System.Collections.Frozen;

namespace Strata.Text.Languages;

/// <summary>A data file in its sections: a line <c>[name]</c> opens one, a line that starts with <c>//</c> is a comment.</summary>
internal sealed class LanguageFile
{
    private readonly FrozenDictionary<string, List<string>> _sections;

    private LanguageFile(Dictionary<string, List<string>> sections) => _sections = sections.ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<string> Sections => _sections.Keys;

    /// <exception cref="FormatException">A line stands before the first section.</exception>
    public static LanguageFile Parse(string name, string text)
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var lines = (List<string>?)null;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty || line.StartsWith("//"))
                continue;
            if (line[0] == '[' && line[^1] == ']')
                sections[line[1..^1].ToString()] = lines = [];
            else
                (lines ?? throw new FormatException($"{name}: '{line}' stands before the first [section].")).Add(line.ToString());
        }

        return new LanguageFile(sections);
    }

    /// <summary>The lines of a section; none where the file has no such section.</summary>
    public IReadOnlyList<string> Lines(string section) => _sections.TryGetValue(section, out var lines) ? lines : [];

    /// <summary>The words of a section, which stand between blanks.</summary>
    public IEnumerable<string> Words(string section) =>
        Lines(section).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The entries of a section, which stand between commas.</summary>
    public IEnumerable<string> Entries(string section) =>
        Lines(section).SelectMany(line => line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
