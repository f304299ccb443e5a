using Strata.Settings.Files;
using Strata.Settings.Reading;

namespace Strata.Settings;

/// <summary>
/// Settings from a <c>strata.yml</c>, or from a file of TOML (<c>.toml</c>) or JSON (<c>.json</c>, <c>.jsonc</c>) with the same keys. A
/// file never holds keys of
/// providers: those come from the environment only.
/// </summary>
public static class SettingsFile
{
    /// <summary>What it is called where nobody names another.</summary>
    public const string DefaultName = "strata.yml";

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text; empty sets nothing.</param>
    /// <param name="name">The file's name, for errors; its extension says the syntax, and any other is YAML.</param>
    /// <exception cref="SettingsException">It does not parse, or keys are unknown or values not allowed: each line of the message names
    /// file, line and column.</exception>
    public static StrataSettings Parse(string text, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        var place = new FilePlace(name);
        var root = Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".toml" => TomlTree.Parse(text, place),
            ".json" or ".jsonc" => JsonTree.Parse(text, place),
            _ => YamlTree.Parse(text, place),
        };
        if (root is null)
            return new StrataSettings();
        var problems = new List<string>();
        var settings = new SettingsReader(problems).Read(root);
        return problems.Count == 0 ? settings : throw new SettingsException(string.Join('\n', problems));
    }
}
