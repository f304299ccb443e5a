namespace Strata.Settings;

/// <summary>
/// A value, a list or a group of keys, and where it stands. Every syntax becomes a tree of these, which one reader reads.
/// </summary>
public sealed record SettingNode
{
    private SettingNode(string key, string keyPlace, string place, bool isFile) =>
        (Key, KeyPlace, Place, IsFile) = (key, keyPlace, place, isFile);

    /// <value>As it is spelled; empty for the root and for an item of a list.</value>
    public string Key { get; }

    /// <value>Where the key stands, for errors.</value>
    public string KeyPlace { get; }

    /// <value>Where the value stands, for errors.</value>
    public string Place { get; }

    /// <value>Null for a list or a group.</value>
    public string? Text { get; init; }

    /// <value>The items of a list or the keys of a group.</value>
    public IReadOnlyList<SettingNode> Children { get; init; } = [];

    /// <value>Whether the children are items and not keys.</value>
    public bool IsList { get; init; }

    internal bool IsFile { get; }

    internal bool IsGroup => Text is null && !IsList;

    /// <summary>A node of a file: errors name file, line and column, and the key beside them.</summary>
    internal static SettingNode InFile(string key, string keyPlace, string place) => new(key, keyPlace, place, isFile: true);

    /// <summary>A node of a configuration section: its path is the place, and holds the key.</summary>
    /// <param name="key">The last part of the path.</param>
    /// <param name="path">As <c>Strata:Levels:0:Models</c>.</param>
    public static SettingNode InConfiguration(string key, string path) => new(key, path, path, isFile: false);

    /// <summary>How a known name is spelled where this node stands.</summary>
    internal string Spell(string name) => IsFile ? name : SettingNames.Pascal(name);

    internal string Problem(string message, bool showText = false)
    {
        if (!IsFile)
            return $"{Place}: {message}";
        var shown = showText && Text is not null ? " " + Text : "";
        return Key.Length == 0 ? $"{Place}: {message}" : $"{Place}: {Key}{shown}: {message}";
    }
}
