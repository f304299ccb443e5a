namespace Strata.LevelZero.Sections;

/// <summary>The files that stand in a summary, by the place of their entry, and how their paths are written.</summary>
internal sealed class FileEntries(string root)
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public void Add(string path, int index) => _indexes[path] = index;

    /// <summary>Null when the file has no entry.</summary>
    public int? IndexOf(string? path) => path is not null && _indexes.TryGetValue(path, out var index) ? index : null;

    public string Shorten(string name) => name[0] is '/' or '~' ? CommonRoot.Shorten(name, root) : name;
}
